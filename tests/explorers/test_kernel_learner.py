"""KernelLearner: each step against an independent gradient descent, the views, invalid input."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest
from explorers import driving as page
from explorers.driving import picture, same
from explorers.looping import in_a_kernel, until
from refusals import is_one_line
from scipy import signal

from helpers import KERNELS
from helpers.encoding import encode_png
from helpers.explorers import KernelLearner
from helpers.explorers.models import kernel_descent
from helpers.explorers.models import learner as learner_model
from helpers.explorers.models.kernel_descent import LIMIT, suitable_rate
from helpers.explorers.models.memo import Memo
from helpers.picture_files import sample_names
from helpers.rendering import render, render_weights

IMAGE = picture(14, 11)
CENTERED = IMAGE - IMAGE.mean()
close = np.testing.assert_allclose


def loss_of(kernel, target="sobel_vertical", image=CENTERED):
    """The mean squared error, by scipy."""
    error = signal.correlate2d(image, np.asarray(kernel, float) - KERNELS[target], "valid")
    return float((error**2).mean())


def gradient_of(kernel, target="sobel_vertical"):
    """The gradient by finite differences; the loss is quadratic, so they are exact."""
    gradient = np.empty((3, 3))
    for cell in np.ndindex(3, 3):
        shift = np.zeros((3, 3))
        shift[cell] = 0.5
        gradient[cell] = loss_of(kernel + shift, target) - loss_of(kernel - shift, target)
    return gradient


def user_gradient(image, kernel, target):
    """A gradient as a learner may write it."""
    error = signal.correlate2d(image, kernel, "valid") - target
    return 2 * signal.correlate2d(image, error, "valid") / error.size


def learner(**options):
    return KernelLearner(IMAGE, **{"rate": 0.5, **options})


@pytest.mark.parametrize("target", ["sobel_vertical", "laplacian", "box_blur"])
def test_a_step(target):
    """weight − learning rate · gradient for every weight; the loss is correct."""
    ours = learner(target=target)
    before = ours.weights.kernel
    assert ours.history == [(0, pytest.approx(loss_of(before, target), rel=1e-4))]
    ours.runner.run(1)
    expected = before - 0.5 * gradient_of(before, target)
    close(ours.weights.kernel, expected, atol=1e-5)
    assert ours.history[1] == (1, pytest.approx(loss_of(expected, target), rel=1e-3))
    assert page.text_of(ours.line).startswith(f"Step 1: loss {ours.history[1][1]:.3g}.")


def test_it_finds_the_kernel():
    """The loss goes to zero, the weights to the target kernel."""
    ours = learner(rate=2.0)
    ours.runner.run(1500)
    losses = [loss for _, loss in ours.history]
    assert losses[-1] < 1e-5 < losses[0] and ours.problem == ""
    close(ours.weights.kernel, KERNELS["sobel_vertical"], atol=0.02)


def color_values(view):
    """The value that each cell's color stands for, from -127 to 127."""
    scale = render(np.arange(-127.0, 128)[None], "signed").pixels[0].tolist()
    values = {tuple(color): n - 127 for n, color in enumerate(scale)}
    return np.array([[values[tuple(cell)] for cell in line] for line in view.picture.tolist()])


def test_the_pictures():
    """Target, output and error are on one scale; the next step is shown as numbers."""
    ours = learner()
    ours.runner.run(3)
    kernel = ours.weights.kernel
    target = signal.correlate2d(CENTERED, KERNELS["sobel_vertical"], "valid")
    output = signal.correlate2d(CENTERED, kernel, "valid")
    limit = max(abs(values).max() for values in (target, output, output - target))
    parts = ours.target_view, ours.output_view, ours.error_view
    for view, values in zip(parts, (target, output, output - target), strict=True):
        assert abs(color_values(view) - values / limit * 127).max() <= 1
        assert view.scale["labels"] == [f"{-limit:.3g}", "0", f"{limit:.3g}"]
    same(ours.image_view.picture, page.as_photo(IMAGE))
    printed = [float(number) for number in ours.move_view.numbers]
    close(printed, (-0.5 * gradient_of(kernel)).ravel(), atol=0.006)


def test_the_learning_rate_scales_the_next_step():
    """The change is shown at once, and the next step follows it."""
    ours = learner()
    before = ours.weights.kernel
    page.type_into(ours.rate, "1")
    close([float(n) for n in ours.move_view.numbers], (-gradient_of(before)).ravel(), atol=0.006)
    ours.runner.run(1)
    close(ours.weights.kernel, before - gradient_of(before), atol=1e-5)


@pytest.mark.parametrize("image", sample_names())
def test_the_loss_falls_at_the_default_rate(image):
    """At every step, for every named kernel; at four times the rate it grows."""
    ours = KernelLearner(image)
    for target in KERNELS:
        ours.target.value = target
        ours.restart()
        ours.runner.run(100)
        losses = [loss for _, loss in ours.history]
        assert ours.problem == "" and losses[-1] < 0.5 * losses[0]
        assert len(losses) == 101 and np.all(np.diff(losses) <= 1e-6)
    descent = ours.descent.moved_to(np.eye(3))
    with pytest.raises(ValueError, match="is too large"):
        for _ in range(1000):
            descent = descent.step(kernel_descent.mse_gradient, 4 * ours.rate.number)


def test_the_rate_follows_the_image_until_it_is_changed():
    """The default rate of each image; a rate that was given or typed stays."""
    ours, given = KernelLearner("cat"), KernelLearner("cat", rate=5)
    for each in (ours, given):
        each.picker.name.value = "camera"
    assert given.rate.number == 5
    assert ours.rate.number == suitable_rate(ours.descent.task.picked) < 1
    page.type_into(ours.rate, "2")
    ours.picker.name.value = "cat"
    assert ours.rate.number == 2 and ours.problem == ""


@pytest.mark.parametrize("image, rate", [
    (np.zeros((5, 5)), 30), (np.eye(40) * 0.01, 30), (np.arange(64).reshape(8, 8) % 2, 0.2),
    (np.arange(64).reshape(8, 8) % 2 * 9.0, 0.1),
], ids=["flat", "faint", "stripes", "beyond 1"])  # fmt: skip
def test_a_rate_that_suits_an_image(image, rate):
    """From 0.1 to 30; stripes of 0 and 1 have one eigenvalue, 9/4, so that it is 2/9 at most."""
    assert suitable_rate(image) == pytest.approx(rate)


@pytest.mark.parametrize("name", KERNELS)
def test_every_named_kernel_is_learned(name):
    """At the default learning rate; also Scharr's, whose weights are at the ends of the range."""
    ours = KernelLearner("cat", name)
    ours.runner.run(1000)
    assert ours.problem == ""
    np.testing.assert_allclose(ours.weights.kernel, KERNELS[name], atol=0.05)


def test_a_learning_rate_too_large():
    """One line that says what to do; weights and pictures stay finite."""
    ours = learner(rate=30)
    ours.runner.run(50)
    assert "learning rate 30 is too large" in ours.problem and "restart" in ours.problem
    assert is_one_line(ours.problem) and abs(ours.weights.kernel).max() <= LIMIT
    ours.rate.number = 1.0
    ours.restart()
    assert ours.problem == "" and len(ours.history) == 1
    ours.runner.run(5)
    assert ours.problem == "" and ours.history[-1][0] == 5


def test_weights_typed_in():
    """The target's weights have loss 0; the curve goes on from there."""
    ours = learner()
    ours.runner.run(2)
    ours.weights.kernel = KERNELS["sobel_vertical"]
    assert ours.problem == "" and ours.history[-1] == (2, pytest.approx(0, abs=1e-12))
    assert [step for step, _ in ours.history] == [0, 1, 2]
    same(color_values(ours.error_view), 0)
    ours.runner.run(1)
    assert ours.problem == "" and [step for step, _ in ours.history] == [0, 1, 2, 3]


def test_spoil():
    """Every weight is disturbed by up to 1, the loss rises, the step count goes on."""
    ours = learner(rate=2.0)
    ours.runner.run(300)
    before, loss = ours.weights.kernel, ours.history[-1][1]
    ours.spoil_button.click()
    moved = abs(ours.weights.kernel - before)
    assert moved.min() > 0 and moved.max() <= 1 and ours.history[-1][1] > loss
    assert ours.history[-1] == (300, pytest.approx(loss_of(ours.weights.kernel), rel=1e-3))
    for _ in range(40):
        ours.spoil()
    assert ours.problem == "" and abs(ours.weights.kernel).max() <= LIMIT


def test_restart():
    """New weights, a new curve; the same for the same seed."""
    runs = []
    for seed in (0, 0, 1):
        ours = learner(seed=seed)
        first = ours.weights.kernel
        ours.runner.run(3)
        ours.restart_button.click()
        assert len(ours.history) == 1 and ours.history[0][0] == 0
        assert abs(ours.weights.kernel - first).max() > 0.01
        runs.append([first.tolist(), ours.weights.kernel.tolist()])
    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("change", [
    lambda ours: setattr(ours.target, "value", "laplacian"),
    lambda ours: page.upload(ours.picker, "a.png", encode_png(page.as_photo(picture(9, 12)))),
], ids=["map", "picture"])  # fmt: skip
def test_another_task(change):
    """The weights stay, the curve starts again."""
    ours = learner()
    ours.runner.run(3)
    weights = ours.weights.kernel
    change(ours)
    assert ours.problem == "" and [step for step, _ in ours.history] == [0]
    same(ours.weights.kernel, weights)


@pytest.mark.parametrize(
    "content, step",
    [(b"hello", 4), (encode_png(np.zeros((2, 9), np.uint8)), 3)],
    ids=["text", "small"],
)
def test_an_invalid_file(content, step):
    """One line; the task, its curve and its pictures stay.

    Learning goes on if the file is no picture; not if a picture was chosen that is too small, since
    nothing of the step could be shown.
    """
    ours = learner()
    ours.runner.run(3)
    before, history = page.seen(ours), list(ours.history)
    page.upload(ours.picker, "mine.png", content)
    assert is_one_line(ours.problem)
    assert page.seen(ours) == before and ours.history == history
    ours.runner.run(1)
    assert ours.history[-1][0] == step


def test_a_user_gradient():
    """A correct one gives the same weights."""
    ours, own = learner(), learner(gradient=user_gradient)
    for each in (ours, own):
        each.runner.run(20)
    close(own.weights.kernel, ours.weights.kernel, atol=1e-4)
    assert own.problem == ""


@pytest.mark.parametrize("wrong, line", [
    (lambda image, kernel, target: None, "is a return statement missing?"),
    (lambda image, kernel, target: image, "shape (3, 3)"),
    (lambda image, kernel, target: kernel * np.nan, "finite numbers"),
    (lambda image: image, "must take (image, kernel, target); it takes (image)"),
])  # fmt: skip
def test_an_invalid_gradient(wrong, line):
    """One line, once; the library's picture is shown; a step changes nothing."""
    ours = learner(gradient=wrong)
    before = ours.weights.kernel
    assert line in ours.problem and is_one_line(ours.problem)
    assert len(ours.output_view.picture) == 12
    ours.runner.run(3)
    assert ours.problem.count(line) == 1 and is_one_line(ours.problem)
    same(ours.weights.kernel, before)


def test_an_own_gradient_that_changes_its_arguments():
    """The function gets copies."""

    def rude(image, kernel, target):
        gradient = user_gradient(image, kernel, target)
        image[:], kernel[:], target[:] = 9, 9, 9
        return gradient

    ours, own = learner(), learner(gradient=rude)
    for each in (ours, own):
        each.runner.run(3)
    close(own.weights.kernel, ours.weights.kernel, atol=1e-5)


def test_a_long_curve_is_thinned(monkeypatch):
    """Evenly, with the first point and the last, however many steps there were."""
    monkeypatch.setattr(kernel_descent, "KEPT", 40)
    ours = learner(rate=0.1)
    ours.runner.run(127)
    steps = [step for step, _ in ours.history]
    assert 20 <= len(steps) <= 41 and steps[0] == 0 and steps[-1] == 127
    assert len({*np.diff(steps[:-1])}) == 1 and 0 < steps[-1] - steps[-2] <= steps[1]
    losses = [loss for _, loss in ours.history]
    assert losses == sorted(losses, reverse=True)


def test_in_the_background():
    """It learns at its pace; a weight typed meanwhile takes effect; pause stops it."""

    async def scene():
        ours = learner()
        ours.pace.number = 200
        ours.runner.start()
        await until(lambda: ours.descent.count > 5)
        ours.weights.kernel = np.zeros((3, 3))
        await until(lambda: np.abs(ours.weights.kernel).max() > 0.01)
        ours.runner.pause()
        await asyncio.sleep(0.1)
        assert ours.history[-1][1] == pytest.approx(loss_of(ours.weights.kernel), rel=1e-3)
        assert f"step {ours.descent.count}" in ours.describe()

    in_a_kernel(scene)


@pytest.mark.parametrize("how", ["dragged", "typed"])
def test_a_weight_moved_in_the_background(how):
    """The page has the other eight from the last picture; they are not reset to those."""

    async def scene():
        ours = learner()
        ours.pace.number = 1000
        ours.runner.start()
        await until(lambda: f"Step {ours.descent.count}:" not in page.text_of(ours.line))
        last = ours.weights.value
        if how == "dragged":
            page.send(ours, ours.weights, index=4, number=7.5)
        else:
            page.type_into(ours.weights, "7.5", index=4)
        assert ours.weights.value[4] == 7.5
        others = np.delete(np.subtract(ours.weights.value, last), 4)
        assert np.abs(others).max() > 1e-4

    in_a_kernel(scene)


def test_the_solution_can_be_shown():
    """The target kernel is shown on request."""
    ours = learner(target="laplacian")
    assert ours.right_view.hidden
    page.move(ours.reveal, value=True)
    assert not ours.right_view.hidden
    shown = [float(number) for number in ours.right_view.numbers]
    close(shown, KERNELS["laplacian"].ravel(), atol=0.006)


@pytest.mark.parametrize("options, name", [
    ({"image": None}, "image"), ({"image": np.ones((2, 9))}, "image|kernel"),
    ({"image": "nosuch"}, "image|source"), ({"target": "sobel"}, "target"),
    ({"target": None}, "target"), ({"gradient": 3}, "gradient"), ({"rate": "a"}, "^rate must be"),
    ({"rate": 50}, "^rate must be a number from 0.1 to 30; got 50"), ({"rate": "fast"}, "^rate must be"),
    ({"controls": "rate"}, "^controls must list names out of target_kernel, .*; got 'rate'"),
    ({"seed": "a"}, "seed must be a whole"), ({"seed": -1}, "seed"), ({"seed": 1.5}, "seed"),
])  # fmt: skip
def test_invalid_arguments(options, name):
    """One line that names the parameter."""
    with pytest.raises((ValueError, TypeError), match=name) as caught:
        KernelLearner(**{"image": IMAGE, **options})
    assert is_one_line(str(caught.value))


def test_the_weights_are_in_the_static_picture():
    """In the colors of the cells that set them, with the same numbers."""
    ours = learner()
    ours.runner.run(3)
    same(ours.weights_view.picture, render_weights(ours.weights.kernel).pixels)
    shown = [float(number) for number in ours.weights_view.numbers]
    close(shown, ours.weights.value, atol=0.0051)


def test_alternative_texts():
    """Every view has its own alternative text; the static picture shows them all."""
    ours = learner()
    texts = [view.alt for view in page.image_views(ours)]
    assert all(texts) and len({*texts}) == len(texts)
    bundle, metadata = ours._repr_mimebundle_()
    assert metadata["image/png"]["alt"] == ours.describe() and bundle["image/png"]


def test_an_update_is_one_message(messages):
    """A step, a weight, a learning rate: what changes is sent together, and nothing else."""
    ours = learner()
    weights, image, output = (
        ours.name_of(part) for part in (ours.weights, ours.image_view, ours.output_view)
    )
    for act in (
        lambda: page.send(ours, ours.runner.step, press=True),
        lambda: page.send(ours, ours.weights, index=0, number=1.5),
        lambda: page.send(ours, ours.spoil_button, press=True),
        lambda: page.send(ours, ours.runner.restart_button, press=True),
        lambda: ours.runner.run(1),
    ):
        messages.clear()
        calls = page.counted(ours)
        act()
        ((_, content, _),) = messages
        changes = content["changes"]
        assert len(calls) == 1 and changes[weights]["value"] == ours.weights.value
        assert "pixels" in changes[output] and "pixels" not in changes.get(image, {})


def test_a_picture_of_the_running_learner_is_one_message(messages):
    """So are the buttons' labels when it starts and when it is paused."""

    async def scene():
        ours = learner()
        output, toggle = ours.name_of(ours.output_view), ours.name_of(ours.runner.toggle)
        messages.clear()
        page.send(ours, ours.runner.toggle, press=True)
        await until(lambda: len(messages) >= 4)
        page.send(ours, ours.runner.toggle, press=True)
        (_, first, _), *pictures, (_, last, _) = messages
        assert first["changes"][toggle]["label"] == "pause"
        assert last["changes"][toggle]["label"] == "start"
        assert all("pixels" in content["changes"][output] for _, content, _ in pictures)

    in_a_kernel(scene)


def test_compute_without_a_page():
    """A view follows from the controls alone; gradient descent goes on with the same task."""
    other = kernel_descent.make_task(IMAGE.copy(), "sobel_vertical")
    descent = kernel_descent.KernelDescent(np.zeros((3, 3)), other)
    controls = learner_model.LearnerControls(
        IMAGE, "mine", "sobel_vertical", 0.5, kernel_descent.mse_gradient, descent, False
    )
    view = learner_model.compute(controls, Memo())
    assert view.descent.history == ((0, pytest.approx(loss_of(np.zeros((3, 3))), rel=1e-4)),)
    assert descent.task is other and descent.history == ()
    close(view.move, -0.5 * gradient_of(np.zeros((3, 3))), atol=1e-6)
    again = learner_model.compute(replace(controls, descent=view.descent), Memo())
    assert again.descent.task is view.descent.task


class Once:
    """A gradient that works for some steps and then no more."""

    __name__ = "my_gradient"
    steps = 99

    def __call__(self, image, kernel, target):
        self.steps -= 1
        if self.steps < 0:
            raise RuntimeError("no")
        return user_gradient(image, kernel, target)


@pytest.mark.parametrize("how", ["restart", "spoil", "run"])
def test_weights_whose_gradient_fails_are_shown(how):
    """The grid shows the weights that the next step starts from, and their loss is known."""
    ours = learner(gradient=Once())
    before = ours.descent.kernel
    ours.gradient.steps = 1 if how == "run" else 0
    ours.runner.run(3) if how == "run" else getattr(ours, how)()
    assert not np.array_equal(ours.descent.kernel, before)
    assert ours.weights.value == ours.descent.kernel.ravel().tolist()
    assert ours.history[-1] == (ours.descent.count, pytest.approx(loss_of(ours.descent.kernel)))
    assert "my_gradient failed" in ours.problem


def test_no_step_on_a_picture_that_is_not_shown():
    """Where the picture is refused, the weights stay as they are."""
    ours = learner()
    page.upload(ours.picker, "small.png", encode_png(np.zeros((2, 2), np.uint8)))
    before = ours.descent
    ours.runner.run(3)
    assert ours.descent is before and "does not fit" in ours.problem


def test_the_next_step_fades_as_the_loss_falls():
    """One scale, that of the largest gradient since the start: at the end its cells are almost white."""
    ours = learner(rate=2.0)
    assert abs(color_values(ours.move_view)).max() == 127
    steepest = abs(gradient_of(ours.weights.kernel)).max()
    ours.runner.run(1500)
    assert abs(color_values(ours.move_view)).max() <= 1
    assert ours.move_view.scale["labels"] == [f"{-2 * steepest:.3g}", "0", f"{2 * steepest:.3g}"]
    assert "largest at this" in ours.move_view.note
    ours.spoil()
    assert abs(color_values(ours.move_view)).max() > 20
    ours.restart()
    assert abs(color_values(ours.move_view)).max() == 127


def test_line_chart_and_history_show_one_loss():
    """That of the weights shown, however they came about."""
    ours = learner()
    jobs = (
        lambda: ours.runner.run(1), lambda: ours.runner.run(7), ours.spoil,
        lambda: page.move(ours.weights, index=4, number=3.3), lambda: ours.runner.run(900),
        lambda: page.move(ours.target, value=3), lambda: page.type_into(ours.rate, "0.7"),
        lambda: ours.runner.run(2), ours.restart,
    )  # fmt: skip
    for job in jobs:
        job()
        step, loss = ours.history[-1]
        near = loss_of(ours.weights.kernel, ours.target.value)
        assert loss == pytest.approx(near, rel=1e-3, abs=1e-9)
        assert page.text_of(ours.line).startswith(f"Step {step}: loss {loss:.3g}. ")
        assert ours.loss.alt.endswith(f"up to step {step}: loss {loss:.3g}")


def test_color_that_is_switched_on_by_code():
    """The learner works on the brightness of the image, as before."""
    ours = KernelLearner("coffee")
    ours.picker.gray.value = False
    ours.runner.run(3)
    assert ours.problem == "" and ours.image_view.shape[2] == 1
