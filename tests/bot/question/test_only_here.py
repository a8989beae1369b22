"""Nothing outside bot/question reads the text of a question; what still does is named here."""

import ast
from collections.abc import Iterator
from pathlib import Path

BOT = Path(__file__).parents[3] / "bot"
# The values with a question's text, by what they are and by what they are called.
_TYPES = frozenset(("Question", "Understanding"))
_CALLED = frozenset(("question", "understanding"))

# Hand the text on, or repeat it, without looking into it.
HANDED_ON = {
    "answering/assistant.py: _of",
    "answering/explanation.py: _attempt",
    "answering/explanation.py: _is_told",
    "answering/plan.py: _next",
    "answering/plan.py: part_by_part",
    "api/keeping.py: Keeping.keep_unanswered",
    "commands/search.py: search.found",
    "composers/chat_model/request.py: Request.messages",
    "evidence/evidence.py: Evidence._as_read",
    "proof.py: fault_of",
    "proof.py: prove",
}
# Look for words in it. None is added: what a question asks is a value of `Understanding`.
LOOKED_INTO = {
    "composers/extractive/members.py: _wanted",
    "scope.py: says_another_grade",
}


def readers(source: str) -> Iterator[str]:
    """The functions of a module that read the text of a question, each as often as it does."""
    yield from _readers(ast.parse(source), (), _CALLED)


def _readers(node: ast.AST, inside: tuple[str, ...], called: frozenset[str]) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield from _readers(child, (*inside, child.name), called | _named_in(child))
        elif isinstance(child, ast.ClassDef):
            yield from _readers(child, (*inside, child.name), called)
        else:
            if isinstance(child, ast.Attribute) and child.attr == "text" and _name(child.value) in called:
                yield ".".join(inside)
            yield from _readers(child, inside, called)


def _named_in(function: ast.FunctionDef) -> frozenset[str]:
    """What a function calls questions: parameters of their type, and names given to an attribute."""
    parameters = (*function.args.args, *function.args.kwonlyargs)
    names = {each.arg for each in parameters if each.annotation and _name(each.annotation) in _TYPES}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = (
                zip(target.elts, value.elts, strict=False)
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                else ((target, value),)
            )
            names |= {_name(one) for one, other in pairs if _name(other) in _CALLED}
    return frozenset(names)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_only_these_functions_outside_read_the_text_of_a_question() -> None:
    files = [path for path in BOT.rglob("*.py") if "question" not in path.relative_to(BOT).parts]
    found = {
        f"{path.relative_to(BOT).as_posix()}: {reader}"
        for path in files
        for reader in readers(path.read_text("utf-8"))
    }
    assert found == HANDED_ON | LOOKED_INTO


def test_a_reader_is_found_whatever_it_calls_the_question() -> None:
    source = """
class Composer:
    def compose(self, evidence):
        asked, limit = evidence.understanding, 3
        return "谁" in asked.text

def first(given: Question, clause: Clause):
    def inner():
        return given.text
    return clause.text

def second(evidence):
    return evidence.question.text

def none(evidence, clause):
    asked = evidence.ranked
    return clause.text + asked.text + evidence.question.region
"""
    assert list(readers(source)) == ["Composer.compose", "first.inner", "second"]
