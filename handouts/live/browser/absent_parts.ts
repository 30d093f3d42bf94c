/** Said where something needs a computer's files or programs. */
export const ABSENT =
  "이 기능은 브라우저에서 실행하는 이 페이지에는 없습니다. 노트북을 내려받아 JupyterLab에서 실행해 보세요.";
