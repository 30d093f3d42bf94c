import { CODE_STUB, TEXT_STUB } from "../editions/mod.ts";
import { COURSE } from "../course.ts";

/** The settings of the course: Python that nbgrader reads in the folder where it is called. */
export const CONFIG =
  `# nbgrader's settings for this course. \`./baeum assignment\` writes this file only where there is none.
c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "baeum"

# The same marks and stubs as in the lessons' editions for students.
c.ClearSolutions.code_stub = {"typescript": ${JSON.stringify(CODE_STUB)}}
c.ClearSolutions.text_stub = ${JSON.stringify(TEXT_STUB)}
c.ClearSolutions.begin_solution_delimeter = "BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "END HIDDEN TESTS"

# Students work with the kernel of the lessons; what they hand in runs in one that may read and write next to nothing.
c.Execute.kernel_name = "baeum-grading"
c.Execute.startup_timeout = 120
c.Execute.iopub_timeout = 60
# Seconds that one cell may take; a cell that takes longer is stopped, and the next ones run.
c.Execute.timeout = 60

# \`nbgrader zip_collect\` finds student and notebook in the names of the files: 20260001_01-perceptron.ipynb.
c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[^/_]+)_(?P<file_id>[^/]+)[.]ipynb"
`;

/** What the instructor finds in the course's folder. */
export const courseReadme = (lessons: readonly { name: string; title: string; points: number }[]): string =>
  `# ${COURSE}: 과제

\`./baeum assignment\`가 단원의 연습으로 만든 nbgrader 강좌다. \`source\`에는 풀이와 숨은 검사가 들어 있으니 학생에게 주지 않는다.

| 과제 | 단원 | 점수 |
| ---- | ---- | ---: |
${lessons.map(({ name, title, points }) => `| \`${name}\` | ${title} | ${points} |`).join("\n")}

이 폴더에서 실행한다. \`baeum\`은 배움을 받아 둔 폴더의 \`baeum\`이다.

\`\`\`sh
baeum nbgrader generate_assignment 01-perceptron   # release/01-perceptron: 학생에게 줄 노트북
# 받은 노트북을 downloaded/01-perceptron/archive에 학번_01-perceptron.ipynb라는 이름으로 모은다.
baeum nbgrader zip_collect 01-perceptron           # submitted/학번/01-perceptron/01-perceptron.ipynb
baeum nbgrader autograde 01-perceptron             # autograded/학번/…: 채점한 노트북
baeum nbgrader generate_feedback 01-perceptron     # feedback/학번/…: 학생에게 돌려줄 결과
baeum nbgrader export                              # grades.csv: 모두의 점수
\`\`\`

자세한 것은 배움의 \`docs/assignments.md\`에 있다.
`;
