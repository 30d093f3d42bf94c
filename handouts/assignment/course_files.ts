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

/** What the instructor finds in the course's folder; `lesson` is the example. */
export const courseReadme = (lesson: string): string =>
  `# ${COURSE}: 과제

\`./baeum assignment\`가 단원의 연습으로 만든 nbgrader 강좌다. \`source\`에는 풀이와 숨은 검사가 들어 있으니 학생에게 주지 않는다.

이 폴더에서 실행한다. \`baeum\`은 배움을 받아 둔 폴더의 \`baeum\`이다.

\`\`\`sh
# release에 학생에게 줄 노트북을 만든다.
baeum nbgrader generate_assignment ${lesson}
# 받은 노트북을 downloaded/${lesson}/archive에 학번_${lesson}.ipynb라는 이름으로 모으면, submitted에 학생마다 나누어 놓는다.
baeum nbgrader zip_collect ${lesson}
# 채점한다. 채점한 노트북은 autograded에 있다.
baeum nbgrader autograde ${lesson}
# feedback에 학생에게 돌려줄 결과를 만든다.
baeum nbgrader generate_feedback ${lesson}
# 모두의 점수를 grades.csv에 적는다.
baeum nbgrader export
\`\`\`

자세한 것은 배움의 \`docs/assignments.md\`에 있다.
`;
