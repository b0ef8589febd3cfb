"""The doodles that ship: their classes, and the form to which a drawing is brought."""

import numpy as np
import pytest
from refusals import is_one_line

from helpers.network import DOODLE_NAMES, as_doodle, load_doodles


def test_at_least_forty_of_each_class_and_none_twice():
    images, labels = (np.concatenate(parts) for parts in zip(*map(load_doodles, ("train", "test"))))
    assert np.bincount(labels).tolist() == [60] * len(DOODLE_NAMES)
    assert len({image.tobytes() for image in images}) == len(images) == 180
    assert images.dtype == np.float32 and images.min() == 0 and images.max() <= 1


def test_the_amount_of_ink_does_not_tell_the_classes_apart():
    """The best two thresholds on the mean brightness leave at least three of ten wrong."""
    images, labels = load_doodles()
    ink = images.mean(axis=(1, 2))
    cuts = np.quantile(ink, np.linspace(0, 1, 25))
    best = 0
    for low in cuts:
        for high in cuts[cuts >= low]:
            part = (ink > low).astype(int) + (ink > high)
            counts = np.array([np.bincount(labels[part == k], minlength=3) for k in range(3)])
            best = max(best, counts.max(axis=1).sum() / len(labels))
    assert best < 0.7


def test_doodles_have_the_form_that_drawings_are_brought_to():
    """The longer side of each is 24 pixels, in the middle; brought to the form again, it stays so."""
    for image in load_doodles("test")[0]:
        spans = [np.flatnonzero((image > 0.1).any(axis)) for axis in (0, 1)]
        assert max(span[-1] - span[0] + 1 for span in spans) in (23, 24)
        assert all(abs(span[0] + span[-1] - 27) <= 3 for span in spans)


@pytest.mark.parametrize("place", [(0, 0), (40, 70)])
def test_place_and_size_of_a_drawing_do_not_matter(place):
    """A box of one shape gives one doodle: 24×12, each pixel the mean of those it covers."""
    paper = np.zeros((130, 140))
    paper[place[0] : place[0] + 72, place[1] : place[1] + 36] = 1
    expected = np.zeros((28, 28))
    expected[2:26, 8:20] = 1
    np.testing.assert_allclose(as_doodle(paper), expected, atol=1e-6)


def test_an_empty_paper_is_black_and_a_dot_is_no_error():
    assert not as_doodle(np.zeros((112, 112))).any()
    paper = np.zeros((112, 112))
    paper[3, 100] = 1
    assert as_doodle(paper).sum() == 24 * 24


@pytest.mark.parametrize("picture", [np.zeros((3, 4, 3)), np.full((4, 4), 2.0), "cat"])
def test_other_pictures_are_refused(picture):
    with pytest.raises((ValueError, TypeError)) as error:
        as_doodle(picture)
    assert is_one_line(str(error.value)) and "picture" in str(error.value)
