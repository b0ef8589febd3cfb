"""The line with which something is refused."""

import warnings

import pytest


def is_one_line(text, longest=400):
    """Whether a message is not empty and fits in one line."""
    return 0 < len(text) <= longest and "\n" not in text and "Traceback" not in text


def refusal(call, *arguments, error=ValueError, **options):
    """The message of an error: one line, without a chained exception and without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(error) as caught:
            call(*arguments, **options)
    assert type(caught.value) in (ValueError, TypeError)
    assert is_one_line(str(caught.value))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    return str(caught.value)
