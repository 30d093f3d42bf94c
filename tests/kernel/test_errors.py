from __future__ import annotations

import pytest
from conftest import Session
from proxy.source_map import Lines, decode


def test_variable_length_quantities_are_decoded() -> None:
    assert decode("AAAA") == [0, 0, 0, 0]
    assert decode("IAAI,".strip(",")) == [4, 0, 0, 4]
    assert decode("D2gBE") == [-1, 523, 2]


def test_lines_without_segments_have_no_origin() -> None:
    lines = Lines("AAAA,IAAI;;AAEJ")
    assert [lines.original(line, 1) for line in (1, 2, 3, 4)] == [1, None, 3, None]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("const x = ;", ["Expression expected", "line 1, column 11", "1 | const x = ;"]),
        ("let a = 1;\nfor (const b of a {\n}", ["line 2"]),
        ("import.meta.url", ["import.meta"]),
    ],
)
def test_a_syntax_error_shows_where_it_is(session: Session, code: str, shown: list[str]) -> None:
    error = session.run(code).error
    assert error["ename"] == "SyntaxError"
    for text in shown:
        assert text in "\n".join(error["traceback"])


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("foo.bar", "line 1: foo.bar"),
        ("interface A {\n  b: string;\n}\n\ntype X = { a: number };\nconst q: X = { a: 1 };\nq.b.c", "line 7: q.b.c"),
        ('import {\n  tf,\n  seed,\n} from "baeum/tensors";\n\nundefinedName + 1;', "line 6: undefinedName + 1;"),
        ("await 1;\nawait Promise.reject(new Error('later'));", "line 2: await Promise"),
    ],
)
def test_a_runtime_error_names_the_line_of_the_cell(session: Session, code: str, line: str) -> None:
    trace = session.run(code).error["traceback"]
    assert line in trace[-1]
    assert not any("<anonymous>" in text or "data:" in text or "file://" in text for text in trace)


def test_a_function_of_this_cell_shows_its_line_and_one_of_an_earlier_cell_says_so(session: Session) -> None:
    trace = session.run("function broken(): number {\n  throw new TypeError('hm');\n}\n\nbroken();").error["traceback"]
    assert trace == ["TypeError: hm", "    at broken, line 2: throw new TypeError('hm');", "    at line 5: broken();"]
    session.run("function early() {\n  null!.x;\n}")
    trace = session.run("\n\nconst call = () => [1].map(() => (0, globalThis.eval)('1')) && 0;\nearly();").error["traceback"]
    assert trace[-1] == "    at line 4: early();"


def test_frames_inside_libraries_are_folded(session: Session) -> None:
    trace = session.run("import { tf } from 'baeum/tensors';\ntf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3]));").error["traceback"]
    assert "inner shapes" in trace[0]
    assert trace[-2].endswith("steps inside libraries")
    assert trace[-1].startswith("    at line 2: tf.matMul")


def test_an_unknown_module_names_those_that_exist(session: Session) -> None:
    error = session.run('import { tf } from "baeum/tensorz";').error
    assert error["ename"] == "ImportError"
    assert 'Did you mean "baeum/tensors"?' in error["evalue"]
    assert "baeum/datasets" in error["evalue"]


def test_a_rejection_that_nobody_handles_is_an_error_of_its_cell(session: Session) -> None:
    cell = session.run("1;\nPromise.reject(new RangeError('lost'));\n2")
    assert cell.error["evalue"] == "lost"
    assert cell.reply["status"] == "error"
    assert session.run("3").result == "3"


def test_an_error_in_a_timer_leaves_the_kernel_alive_with_tfjs_loaded(session: Session) -> None:
    session.run("import { tf } from 'baeum/tensors';")
    cell = session.run("setTimeout(() => { throw new Error('in a timer'); }, 5);\nawait new Promise((done) => setTimeout(done, 50));")
    assert cell.error["evalue"] == "in a timer"
    assert session.run("4").result == "4"


def test_a_thrown_value_that_is_no_error_is_shown(session: Session) -> None:
    assert session.run("throw 'plain'").error["evalue"] == "plain"


def test_a_deno_that_ends_is_started_again_and_says_so(session: Session) -> None:
    error = session.run("Deno.exit(3)").error
    assert error["ename"] == "KernelDied"
    assert "exit code 3" in error["evalue"] and "restarted" in error["evalue"]
    assert session.run("5").result == "5"
