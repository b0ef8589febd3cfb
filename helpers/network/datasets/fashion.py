"""Fashion-MNIST: small pictures of clothes; a part ships, all 70,000 are fetched when asked for."""

import hashlib
from importlib.util import find_spec
from os import PathLike
from pathlib import Path

from numpy.typing import NDArray

from helpers.browser import in_browser
from helpers.messages import message_of
from helpers.network.datasets.idx import load_idx, read_split, scaled
from helpers.network.datasets.sheets import SPLITS, load_sheets
from helpers.validation import as_choice, as_flag

FASHION_NAMES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
ADDRESS = "https://fashion-mnist.s3.eu-central-1.amazonaws.com/"  # the set's authors' own storage
MD5 = {
    "train-images-idx3-ubyte.gz": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    "train-labels-idx1-ubyte.gz": "25c81989df183df01b3e8a0aad5dffbe",
    "t10k-images-idx3-ubyte.gz": "bef4ecab320f06d8554ea6380940ec79",
    "t10k-labels-idx1-ubyte.gz": "bb300cfdad3c16e7a12a480ee83cd310",
}
PIXELS_MD5 = {  # of the pixels and of the labels, unpacked, without the headers of their files
    "train": ("f209073e486d5113ebe2cc431d4df862", "3236f6424fc25388b2834cb19942cf7e"),
    "test": ("b7656a891b218fc13e45205c48a92cae", "8dea97a4e78c1bd1b5a6e8efbb870b6e"),
}
CACHE: Path | None = None  # where fetched files are kept; None: the system's folder for such files


def load_fashion(
    split: str = "train", full: bool = False, folder: str | PathLike[str] | None = None
) -> tuple[NDArray, NDArray]:
    """Load pictures of clothes and what they are: a part that ships, or all of Fashion-MNIST.

    The part was drawn at random, evenly from the ten classes; no network is needed for it. All
    the pictures are fetched the first time (31 MB), with a progress bar for each of four files,
    and checked byte for byte. They stay in the system's folder for cached files.

    Parameters
    ----------
    split : "train" (10,000 pictures, 1,000 of each class; 60,000 if full) or "test" (2,000, 200 of
        each class; 10,000 if full)
    full : bool, whether to load all pictures
    folder : str or Path, with full=True: a folder that holds the four IDX files, from wherever they
        come, packed or not; nothing is fetched then

    Returns
    -------
    images : (N, 28, 28) float32 array in [0, 1], clothes bright on black
    labels : (N,) int array, 0 to 9; `FASHION_NAMES` says what each stands for; both in the order
        of the original set

    Raises
    ------
    ConnectionError : when all are asked for, are not here yet, and cannot be fetched completely.
    ImportError : when they must be fetched, and pooch, which does that, is not installed.
    ValueError : when `split` is anything else, for a folder without full=True, and for one that
        does not hold Fashion-MNIST, complete and unchanged.
    TypeError : when `full` is not a bool or `folder` not a path.

    Source: H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST, 2017 (MIT license).

    >>> images, labels = load_fashion("test")
    >>> images.shape, int((labels == 7).sum())
    ((2000, 28, 28), 200)
    """
    as_choice("split", split, SPLITS)
    if not as_flag("full", full):
        if folder is not None:
            raise ValueError(
                "folder must be left out without full=True: only the part that ships is read"
            )
        return load_sheets("fashion", split)
    if folder is not None:
        return _from_folder(folder, split)
    if not fashion_is_here():
        _fetch()
    return load_idx(_cache(), split)


def _from_folder(folder: str | PathLike[str], split: str) -> tuple[NDArray, NDArray]:
    images, labels = read_split(folder, split)
    if (
        tuple(hashlib.md5(array.tobytes()).hexdigest() for array in (images, labels))
        != PIXELS_MD5[split]
    ):
        raise ValueError(
            f"folder must hold Fashion-MNIST, unchanged; the {split} files in {str(folder)[:150]!r}"
            " hold something else: load_idx(folder) reads any set"
        )
    return scaled(images), labels.astype(int)


def fashion_is_here() -> bool:
    """Whether all of Fashion-MNIST has been fetched, and is unharmed. Fetches nothing."""
    try:
        cache = _cache()
    except ImportError:
        return False  # what fetches it is missing, too
    return all((cache / name).is_file() and _md5(cache / name) == md5 for name, md5 in MD5.items())


def _md5(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()


def _cache() -> Path:
    if CACHE is not None:
        return CACHE
    import pooch  # here and below, not above: the digits do without it

    return Path(pooch.os_cache("convolution-course")) / "fashion-mnist"


def _fetch() -> None:
    try:
        import pooch

        bar = find_spec("tqdm") is not None  # pooch draws its progress bar with it
        for name, md5 in MD5.items():
            pooch.retrieve(ADDRESS + name, f"md5:{md5}", name, _cache(), progressbar=bar)
    except ImportError as error:
        if in_browser():
            raise ImportError(
                "Fashion-MNIST cannot be fetched by a Python that runs in a browser: put its four"
                " files beside the lessons and read them with load_idx(folder)"
            ) from None
        raise ImportError(
            "Fashion-MNIST is fetched by the package pooch, which cannot be imported"
            f" ({message_of(error)}): install pooch, or download the four files and read them"
            " with load_fashion(full=True, folder=...)"
        ) from None
    except (OSError, ValueError) as error:
        raise ConnectionError(
            f"Fashion-MNIST cannot be fetched from {ADDRESS}: {_reason(error)}"
        ) from None


def _reason(error: Exception) -> str:
    from requests import HTTPError, RequestException  # pooch, too, imports it when it is needed

    if isinstance(error, HTTPError) and error.response is not None:
        return f"the server answers {error.response.status_code}"
    if isinstance(error, RequestException):
        return "no answer, or only a part of one; is there a network?"
    if isinstance(error, ValueError):
        return "what arrives is not Fashion-MNIST"
    return message_of(error)  # no room on the disk, or no right to write there
