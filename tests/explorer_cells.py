"""Find the cells of a lesson that show an explorer, for the tests of saved lessons."""

import ast

from helpers import explorers

NAMES = set(explorers.__all__)


def show_explorers(sources: list[str]) -> list[bool]:
    """For each code cell, whether it ends in an explorer, or displays one, under any name."""
    makers, made = set(NAMES), set()

    def is_explorer(node):
        if isinstance(node, ast.Name):
            return node.id in made
        if not isinstance(node, ast.Call):
            return False
        name = _name(node.func)
        return name in makers or (name == "display" and any(map(is_explorer, node.args)))

    def note(statement):
        """Record the names that the statement gives to explorers or to functions that make one."""
        for node in ast.walk(statement):
            if isinstance(node, ast.ImportFrom):
                makers.update(part.asname or part.name for part in node.names if part.name in NAMES)
            elif isinstance(node, ast.ClassDef) and {_name(base) for base in node.bases} & makers:
                makers.add(node.name)
            elif isinstance(node, ast.FunctionDef):
                returns = [each for each in ast.walk(node) if isinstance(each, ast.Return)]
                if any(is_explorer(each.value) for each in returns):
                    makers.add(node.name)
            elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = {name for name in map(_name, targets) if name}
                made.difference_update(names)
                if is_explorer(node.value):
                    made.update(names)
                elif _name(node.value) in makers:
                    makers.update(names)

    found = []
    for source in sources:
        statements = ast.parse(source).body
        for statement in statements:
            note(statement)
        shown = [each.value for each in statements if _is_display(each)]
        last = statements[-1] if statements and not source.rstrip().endswith(";") else None
        value = last.value if isinstance(last, ast.Expr) else None
        shown.append(value.target if isinstance(value, ast.NamedExpr) else value)
        found.append(any(map(is_explorer, shown)))
    return found


def _is_display(statement):
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Call) and _name(value.func) == "display"


def _name(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)
