"""The pictures of a classifier of one's own: some of each class, added one by one, a part held out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from helpers.messages import describe
from helpers.network.picture_set import LabeledSet, is_class_name

FEWEST, MOST = 2, 5  # classes
HELD_BACK = 4  # each fourth picture of a class is not learned from


@dataclass(frozen=True, eq=False)
class OwnPictures:
    """Names and pictures of five classes, of which the first `count` are in use.

    `of_class` holds the pictures (H, W) or (H, W, 3) of each class, in the order in which they came.
    Those of classes that are not in use are kept.
    """

    names: tuple[str, ...]
    of_class: tuple[tuple[np.ndarray, ...], ...]
    count: int

    @classmethod
    def start(cls, given: LabeledSet | None, names: Sequence[str] | None) -> "OwnPictures":
        """Return the classes of a set, or empty ones; further ones are called "class 4", …"""
        images, labels, found = given if given is not None else ((), np.zeros(0, int), ())
        names = list(names or found or ("class 1", "class 2", "class 3"))
        count = min(MOST, max(FEWEST, len(names)))
        names += [f"class {k + 1}" for k in range(len(names), MOST)]
        by_class = [
            [image for image, label in zip(images, labels) if label == k] for k in range(MOST)
        ]
        return cls(tuple(names[:MOST]), tuple(map(tuple, by_class)), count)

    def added(self, k: int, pictures: Sequence[np.ndarray]) -> "OwnPictures":
        """Return the set with more pictures of a class."""
        return self._with(k, (*self.of_class[k], *pictures))

    def without_last(self, k: int) -> "OwnPictures":
        """Return the set without the last picture of a class."""
        return self._with(k, self.of_class[k][:-1])

    def _with(self, k: int, pictures: tuple[np.ndarray, ...]) -> "OwnPictures":
        return replace(self, of_class=(*self.of_class[:k], pictures, *self.of_class[k + 1 :]))

    def called(self, names: Sequence[str], count: int) -> "OwnPictures":
        """Return the set with these names, and so many classes in use; refuse names that are alike."""
        used = [name.casefold() for name in names[:count]]
        double = next((name for name in used if used.count(name) > 1), None)
        if double is not None:
            raise ValueError(f"two classes are called {double!r}: give each its own name")
        return replace(self, names=tuple(names), count=count)

    def merged(self, other: LabeledSet) -> "OwnPictures":
        """Return the set with those of another that it does not have yet.

        Classes without pictures make room for new ones.
        """
        mine = [
            (name, pictures)
            for name, pictures in zip(self.names[: self.count], self.of_class)
            if pictures or name in other.names
        ]
        known = {name.casefold(): k for k, (name, _) in enumerate(mine)}
        for label, name in enumerate(other.names):
            k = known.get(name.casefold(), len(mine))
            if k == len(mine):
                mine.append((name, ()))
            mine[k] = mine[k][0], with_new(mine[k][1], other.images[other.labels == label])
        if len(mine) > MOST:
            raise ValueError(f"a set may have {MOST} classes; together these have {len(mine)}")
        used = [name for name, _ in mine]
        spare = [name for name in self.names if name not in used]
        names = [*used, *(spare or ["class"])][:MOST]
        names += [f"class {k + 1}" for k in range(len(names), MOST)]
        pictures = [pictures for _, pictures in mine]
        pictures += [()] * (MOST - len(mine))
        return OwnPictures(tuple(names), tuple(pictures), max(FEWEST, len(mine)))

    @cached_property
    def as_set(self) -> LabeledSet:
        """Return all pictures of the classes in use."""
        return self._chosen(lambda number: True)

    @cached_property
    def learned_from(self) -> LabeledSet:
        """Return those that the network learns from."""
        return self._chosen(lambda number: not is_held_out(number))

    @cached_property
    def held_out(self) -> LabeledSet:
        """Return those that it is tested with."""
        return self._chosen(is_held_out)

    def _chosen(self, wanted: Callable[[int], bool]) -> LabeledSet:
        pairs = [
            (picture, k)
            for k in range(self.count)
            for number, picture in enumerate(self.of_class[k])
            if wanted(number)
        ]
        images = np.array([picture for picture, _ in pairs], np.float32)
        labels = np.array([k for _, k in pairs], int)
        return LabeledSet(images, labels, self.names[: self.count])


def with_new(
    pictures: tuple[np.ndarray, ...], others: Iterable[np.ndarray]
) -> tuple[np.ndarray, ...]:
    """Return pictures and those of others that are not among them: none is learned from and held out."""
    known, new = set(map(_code, pictures)), []
    for picture in others:
        if _code(picture) not in known:
            known.add(_code(picture))
            new.append(picture)
    return (*pictures, *new)


def _code(picture: np.ndarray) -> bytes:
    """Return the bytes of a picture as it would be saved."""
    return np.round(255 * picture).astype(np.uint8).tobytes()


def is_held_out(number: int) -> bool:
    """Whether a picture with this number, from 0, is held out.

    >>> [number for number in range(9) if is_held_out(number)]
    [3, 7]
    """
    return number % HELD_BACK == HELD_BACK - 1


def with_labels_of(other: LabeledSet, names: Sequence[str]) -> LabeledSet:
    """Return a set whose labels are those of classes with the same names; refuse any other class."""
    wanted = [name.casefold() for name in names]
    for name in other.names:
        if name.casefold() not in wanted:
            raise ValueError(
                f"the test set has a class {name!r}; the classes here are {', '.join(names)}"
            )
    places = np.array([wanted.index(name.casefold()) for name in other.names])
    return LabeledSet(other.images, places[other.labels], tuple(names))


def check_name(name: object) -> str:
    """Return why a text cannot be the name of a class, or nothing."""
    if is_class_name(name):
        return ""
    return f"a class needs a name of 1 to 24 letters, digits, spaces, - or _; got {describe(name)}"
