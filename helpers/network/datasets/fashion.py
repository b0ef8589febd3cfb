"""Fashion-MNIST: 70,000 small pictures of clothes, fetched when a learner asks for them."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from numpy.typing import NDArray

from helpers.browser import in_browser
from helpers.messages import message_of
from helpers.network.datasets.idx import PREFIXES, load_idx
from helpers.validation import as_choice

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
FOLDER: Path | None = (
    None  # where the files are kept; None: in the system's folder for cached files
)


def load_fashion(split: str = "train") -> tuple[NDArray, NDArray]:
    """Load pictures of clothes and what they are, fetching them the first time (31 MB).

    All four files are fetched, each with a progress bar, and checked byte for byte; they stay
    in the system's folder for cached files. From then on no network is needed.

    Parameters
    ----------
    split : "train" (60,000 pictures) or "test" (10,000)

    Returns
    -------
    images : (N, 28, 28) float32 array in [0, 1], clothes bright on black
    labels : (N,) int array, 0 to 9; `FASHION_NAMES` says what each stands for

    Raises
    ------
    ConnectionError : when they are not here yet and cannot be fetched, whole.
    ImportError : when they are not here yet and pooch, which fetches them, is not installed.
    ValueError : when `split` is anything else.

    Source: H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST, 2017 (MIT license).
    """
    as_choice("split", split, PREFIXES)
    if not fashion_is_here():
        _fetch()
    return load_idx(_folder(), split)


def fashion_is_here() -> bool:
    """Whether all of Fashion-MNIST has been fetched, and is unharmed. Fetches nothing."""
    try:
        folder = _folder()
    except ImportError:
        return False  # what fetches it is missing, too
    return all(
        (folder / name).is_file() and _md5(folder / name) == md5 for name, md5 in MD5.items()
    )


def _md5(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()


def _folder() -> Path:
    if FOLDER is not None:
        return FOLDER
    import pooch  # here and below, not above: the digits do without it

    return Path(pooch.os_cache("convolution-course")) / "fashion-mnist"


def _fetch() -> None:
    try:
        import pooch

        bar = find_spec("tqdm") is not None  # pooch draws its progress bar with it
        for name, md5 in MD5.items():
            pooch.retrieve(ADDRESS + name, f"md5:{md5}", name, _folder(), progressbar=bar)
    except ImportError as error:
        if in_browser():
            raise ImportError(
                "Fashion-MNIST cannot be fetched by a Python that runs in a browser: put its four"
                " files beside the lessons and read them with load_idx(folder)"
            ) from None
        raise ImportError(
            "Fashion-MNIST is fetched by the package pooch, which cannot be imported"
            f" ({message_of(error)}): install pooch, or download the four files and read them"
            " with load_idx(folder)"
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
