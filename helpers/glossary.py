"""The glossary: the words of the field, each in a sentence, with the lesson where it is met."""

from html import escape
from typing import NamedTuple

from helpers.overview import LESSONS


class Term(NamedTuple):
    """A word, the number of the lesson that introduces it, and what it means."""

    name: str
    lesson: str
    meaning: str

    @property
    def word(self) -> str:
        """Return the name without what is in parentheses.

        >>> Term("batch (N)", "08", "").word
        'batch'
        """
        return self.name.partition(" (")[0]


TERMS = [
    Term("accuracy", "08", "The fraction of images whose class is predicted correctly."),
    Term("activation", "06", "A number in a feature map after a function such as ReLU; also that function."),
    Term("alias", "05b", "A pattern that is not in the image: detail finer than the step shows up as coarser detail."),
    Term("augmentation", "09b", "Changing the training images at random, for example shifting them, so that the network copes with such changes."),
    Term("backpropagation", "08", "Computing the gradients of all layers, from the last to the first: each passes back the gradient with respect to its input."),
    Term("batch (N)", "08", "The images that one training step uses; N is their number, the length of one axis of the arrays."),
    Term("bias", "06", "One number per filter, added to every output pixel of its feature map."),
    Term("channel", "01", "One value per pixel, such as red, green or blue; inside a network each feature map is a channel of the next layer's input."),
    Term("convolution", "02", "Sliding a kernel over an image and writing down, at each position, the sum of the products of weights and pixels."),
    Term("cross-correlation", "02", "The exact name for convolution without flipping the kernel, which is what deep learning calls convolution."),
    Term("dense layer", "08", "A layer in which every output is a weighted sum of all inputs."),
    Term("dilation", "04", "The distance between the pixels under neighboring weights: a dilation of 2 leaves a gap of one pixel."),
    Term("epoch", "08", "One pass through all training images."),
    Term("feature map", "06", "The output of one filter: an image that is bright where the filter's pattern was found."),
    Term("filter", "06", "A kernel in a layer, with one slice per input channel and a bias."),
    Term("flatten", "08", "Writing all numbers of the feature maps into one long row, the form that a dense layer takes."),
    Term("gradient (of a loss)", "07", "How fast the loss rises with each weight; a training step goes the other way."),
    Term("gradient (of a picture)", "03", "How fast the brightness changes to the right and downward at a pixel; its length is the strength of the edge."),
    Term("kernel", "00", "The small grid of weights that a convolution slides over the image."),
    Term("learning rate", "07", "The factor between the gradient and the step that the weights take."),
    Term("logits", "08", "The scores of a network before softmax, one for each class."),
    Term("loss", "07", "One number for how wrong the outputs are; training makes it smaller."),
    Term("max pooling", "05", "Keeping the largest value of each window; with a stride above 1 the image gets smaller."),
    Term("overfitting", "08", "Fitting the training images ever better while the loss on new images rises."),
    Term("padding", "04", "Pixels added around an image, so that the output gets larger."),
    Term("parameters", "06", "All numbers that training changes: the weights and the biases."),
    Term("receptive field", "08b", "The pixels of the image that can change one number of a layer's output."),
    Term("ReLU", "06", "The function that turns negative numbers into 0 and keeps the others."),
    Term("separable kernel", "03", "A kernel that is a column of weights times a row of weights, so that two short passes can replace it."),
    Term("softmax", "08", "The function that turns scores into probabilities: e to the power of each, divided by their sum."),
    Term("stride", "04", "The number of pixels from one position of the window to the next."),
    Term("stride-2 downsampling", "04", "Halving the rows and columns by moving the window two pixels at a time."),
    Term("translation equivariance", "05", "If the image shifts, the output shifts along with it: true of convolution with a stride of 1, away from the borders."),
    Term("translation invariance", "05", "If the image shifts, the output stays the same; pooling comes close to it for small shifts."),
    Term("validation set", "08", "Images kept apart from the training and test images, used to choose settings."),
]  # fmt: skip


class Glossary:
    """All terms: a table that is collapsed until it is opened, or lines of text."""

    def __repr__(self) -> str:
        return "\n".join(f"{term.name} ({term.lesson}): {term.meaning}" for term in TERMS)

    def _repr_html_(self) -> str:
        rows = "".join(map(_row, TERMS))
        head = f"<tr>{_cell('Word')}{_cell('Meaning')}{_cell('Lesson')}</tr>"
        return f"<details><summary>Glossary</summary><table>{head}{rows}</table></details>"


def glossary() -> Glossary:
    """Return the glossary, to be displayed."""
    return Glossary()


def _row(term: Term) -> str:
    files = {"00": "00_start_here.ipynb"} | {lesson.number: lesson.file for lesson in LESSONS}
    link = f'<a href="{files[term.lesson]}">{term.lesson}</a>'
    return (
        f"<tr>{_cell(f'<b>{escape(term.name)}</b>')}{_cell(escape(term.meaning))}{_cell(link)}</tr>"
    )


def _cell(text: str) -> str:
    return f'<td style="text-align:left">{text}</td>'
