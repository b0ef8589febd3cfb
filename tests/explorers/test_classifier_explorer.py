"""ClassifierExplorer: it learns drawings by script, forgets, does not learn while asked; sets as files."""

import numpy as np
import pytest
from drawn_by_script import STYLES, drawing
from explorers.driving import move, send
from refusals import is_one_line

from helpers.explorers import ClassifierExplorer
from helpers.explorers.models.own_files import free_path
from helpers.explorers.models.own_pictures import OwnPictures, with_labels_of
from helpers.explorers.models.own_training import OwnTraining
from helpers.network import DOODLE_NAMES, Augmentation, LabeledSet, load_doodles, load_zip
from helpers.network.picture_set import zip_bytes
from helpers.picture_files import FOLDER

RNG = np.random.default_rng(0)
DOODLES = LabeledSet(*(part[::4] for part in load_doodles()), DOODLE_NAMES)  # ten of each


def draw(explorer, style, k, rng):
    """Draw a picture of a class on the pad."""
    for stroke in drawing(style, DOODLE_NAMES[k], rng):
        explorer.source.pad.draw(stroke)


def open_file(upload, content, name="theirs.zip"):
    upload.receive({"name": name, "buffer": 0}, [memoryview(content)])


@pytest.fixture
def trained():
    """An explorer of ten doodles of each class, after 80 steps."""
    explorer = ClassifierExplorer(DOODLES)
    explorer.runner.run(80)
    assert explorer.problem == ""
    return explorer


@pytest.mark.parametrize("style", STYLES)
def test_eight_drawings_of_three_classes_are_enough_for_ten_new_ones(style):
    """Drawn on the pad, added by the buttons, learned in one run: at least 8 of 10 are right."""
    rng = np.random.default_rng(1)
    explorer = ClassifierExplorer(names=DOODLE_NAMES)
    for _ in range(8):
        for k, line in enumerate(explorer.rows):
            if k < len(DOODLE_NAMES):
                draw(explorer, style, k, rng)
                line.add.click()
    assert np.bincount(explorer.pictures.labels).tolist() == [8, 8, 8]
    explorer.runner.run(150)
    for number in range(10):
        draw(explorer, style, number % 3, rng)
        explorer.rows[number % 3].add.click()
    assert explorer.problem == "" and len(explorer.guesses) == 10 and sum(explorer.guesses) >= 8
    assert f"Of the last 10 pictures that you added, it had predicted {sum(explorer.guesses)}" in (
        explorer.parts.guesses.value
    )


def test_asking_changes_no_weight_and_a_step_does(trained):
    weights = [a.copy() for part in trained.network.layers for a in part.parameters.values()]
    rng = np.random.default_rng(2)
    for k in range(3):
        draw(trained, "faces", k, rng)
    now = [a for part in trained.network.layers for a in part.parameters.values()]
    assert all(map(np.array_equal, weights, now))
    asked = trained.training.asked
    line = f"{asked} predictions since the last training step: 0 of 2,451 weights changed."
    assert asked > 10 and trained.parts.asked.value == line
    trained.runner.run(1)
    assert trained.training.asked == 0 and trained.training.changed > 2000


def test_a_weight_set_between_two_questions_is_counted(trained):
    """The line compares weights; it does not merely say so."""
    trained.network.layers[0].parameters["weights"][0, 0, 0, :3] += 1
    trained.source.pad.draw([(50, 20), (50, 90)])
    assert ": 3 of 2,451 weights changed." in trained.parts.asked.value


def test_training_on_one_class_forgets_the_others_and_training_on_all_brings_them_back(trained):
    before = trained.computed.recall
    assert before.min() >= 0.5
    trained.parts.learn_from.value = 1
    trained.runner.run(40)
    np.testing.assert_array_equal(trained.computed.recall_before, before)
    assert trained.computed.recall[1] == 1 and trained.computed.recall[[0, 2]].max() <= 0.5
    trained.parts.learn_from.index = 0
    trained.runner.run(80)
    assert trained.computed.recall.min() >= 0.5


def test_another_class_keeps_what_was_learned_and_one_that_goes_returns(trained):
    """The scores of the first three are the same; the fourth is new. Its pictures are kept."""
    scores = trained.network.scores(DOODLES.images)
    trained.parts.count.number = 4
    np.testing.assert_allclose(trained.network.scores(DOODLES.images)[:, :3], scores, atol=1e-5)
    trained.source.pad.draw([(50, 20), (50, 90)])
    trained.add(3)
    trained.parts.count.number = 3
    assert len(trained.pictures.labels) == 30 and trained.network.classes == 3
    np.testing.assert_allclose(trained.network.scores(DOODLES.images), scores, atol=1e-5)
    trained.parts.count.number = 4
    assert np.bincount(trained.pictures.labels).tolist() == [10, 10, 10, 1]


def test_each_fourth_picture_is_held_out_and_never_learned_from(monkeypatch):
    seen = []
    monkeypatch.setattr(
        Augmentation, "__call__", lambda self, images, rng: seen.append(images) or images
    )
    explorer = ClassifierExplorer(DOODLES)
    explorer.runner.run(10)
    learned = {image.tobytes() for batch in seen for image in batch[..., 0]}
    own = OwnPictures.start(DOODLES, None)
    held_out = {image.tobytes() for image in own.held_out.images}
    assert len(held_out) == 6 and not learned & held_out
    assert learned == {image.tobytes() for image in own.learned_from.images}


def test_every_change_of_the_pictures_can_be_taken_back():
    explorer = ClassifierExplorer(DOODLES)
    explorer.source.pad.draw([(50, 20), (50, 90)])
    explorer.add(2)
    assert len(explorer.own.of_class[2]) == 11 and explorer.source.caption == ""
    assert explorer.rows[2].tiles.alt == "house, 11 pictures, the newest 8"
    explorer.rows[2].drop.click()
    np.testing.assert_array_equal(explorer.pictures.images, DOODLES.images)
    explorer.source.pad.undo()  # the drawing is back as well
    assert explorer.source.caption == "Your drawing"


def test_an_empty_paper_is_not_added():
    explorer = ClassifierExplorer(names=["a", "b"])
    explorer.rows[0].add.click()
    assert "no picture to add" in explorer.problem and not len(explorer.pictures.labels)
    explorer.runner.run(1)
    assert "no pictures of any class" in explorer.runner.error
    explorer.source.pad.draw([(50, 20), (50, 90)])
    explorer.rows[0].add.click()
    assert explorer.problem == "" and len(explorer.pictures.labels) == 1


def test_saved_and_opened_again_it_is_the_same_set(tmp_path, monkeypatch):
    """Also what was drawn; a second file gets another name, the first stays."""
    monkeypatch.chdir(tmp_path)
    explorer = ClassifierExplorer(DOODLES)
    draw(explorer, "side", 0, np.random.default_rng(0))
    explorer.add(0)
    explorer.parts.save.click()
    explorer.parts.save.click()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "my_pictures.zip",
        "my_pictures_2.zip",
    ]
    assert "Saved 31 pictures in my_pictures_2.zip" in explorer.parts.saved.value
    again = ClassifierExplorer("my_pictures.zip")
    for mine, theirs in zip(explorer.pictures, again.pictures, strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert free_path(tmp_path, "my_pictures").name == "my_pictures_3.zip"


def test_a_friends_set_is_a_test_that_is_never_learned_from(trained):
    """My cats, your cats: classes are matched by their names, in any order."""
    images, labels = load_doodles("test")
    content = zip_bytes(images[::-1], labels[::-1], ("Cat", "DOG", "house"))
    count = len(trained.own.learned_from.labels)
    open_file(trained.parts.open_test, content)
    assert trained.problem == "" and len(trained.own.learned_from.labels) == count
    predicted = trained.network.predict(images).argmax(axis=1)
    expected = [(predicted[labels == k] == k).mean() for k in range(3)]
    np.testing.assert_allclose(trained.computed.recall, expected)
    assert trained.parts.recall.title == "accuracy on the test set"


def test_opening_a_set_adds_its_pictures_and_its_classes():
    explorer = ClassifierExplorer(names=["cat", "class 2", "class 3"])
    explorer.source.pad.draw([(50, 20), (50, 90)])
    explorer.add(0)
    open_file(explorer.parts.open, zip_bytes(*DOODLES))
    assert explorer.problem == "" and explorer.pictures.names == DOODLE_NAMES
    assert np.bincount(explorer.pictures.labels).tolist() == [11, 10, 10]
    assert [line.name.value for line in explorer.rows[:3]] == list(DOODLE_NAMES)
    open_file(explorer.parts.open, zip_bytes(*DOODLES))
    assert explorer.parts.saved.value == "Added 0 pictures of theirs.zip; 30 were here already."
    assert len(explorer.pictures.labels) == 31  # none is learned from and held out as well
    more = zip_bytes(DOODLES.images[:3], [0, 1, 2], ("x", "y", "z"))
    open_file(explorer.parts.open, more)
    assert "5 classes" in explorer.problem and len(explorer.pictures.labels) == 31


@pytest.mark.parametrize("content, words", [
    (b"nothing", "not a set of pictures"), (zip_bytes(np.zeros((1, 28, 28)), [0], ["bird"]), "'bird'"),
    (zip_bytes(np.zeros((1, 32, 32, 3)), [0], ["cat"]), "28"),
], ids=["no zip", "another class", "in color"])  # fmt: skip
def test_a_test_set_of_another_kind_is_refused_in_one_line(content, words):
    explorer = ClassifierExplorer(DOODLES)
    open_file(explorer.parts.open_test, content)
    assert words in explorer.problem and is_one_line(explorer.problem) and explorer.test is None
    assert explorer.problem.startswith("theirs.zip: ")


def test_names_are_typed_checked_and_belong_to_one_class_each():
    explorer = ClassifierExplorer(DOODLES)
    move(explorer.rows[0].name, value=" lion ")
    assert explorer.pictures.names[0] == explorer.parts.bars.names[0] == "lion"
    assert explorer.parts.learn_from.options[1] == ("only lion", 0)
    move(explorer.rows[0].name, value="a/b")
    assert "letters, digits" in explorer.problem and explorer.pictures.names[0] == "lion"
    move(explorer.rows[0].name, value="Dog")
    assert "'dog'" in explorer.problem and explorer.pictures.names[0] == "lion"
    move(explorer.rows[0].name, value="cat")
    assert explorer.problem == ""


def test_the_camera_and_files_give_inputs_in_gray_or_color():
    """The middle of the frame; a gray set takes its brightness, a color set 32×32 in color."""
    frame = np.zeros((60, 80, 3), np.uint8)
    frame[:, 10:70] = [200, 100, 50]
    for color, expected in ((False, [124.2 / 255]), (True, [200 / 255, 100 / 255, 50 / 255])):
        explorer = ClassifierExplorer(color=color)
        explorer.source.camera.value = frame
        image = explorer.source.value
        assert image.shape == ((32, 32, 3) if color else (28, 28))
        np.testing.assert_allclose(
            image.reshape(-1, len(expected)).mean(axis=0), expected, atol=3e-3
        )
        explorer.add(0)
        assert explorer.problem == "" and len(explorer.pictures.labels) == 1


def test_picture_files_are_added_to_their_class_and_one_that_is_none_stops_no_other():
    explorer = ClassifierExplorer()
    with open(FOLDER / "circles.png", "rb") as file:
        content = file.read()
    for data in (content, b"no picture", content):
        open_file(explorer.rows[1].files, data, "cat.png")
    assert np.bincount(explorer.pictures.labels).tolist() == [0, 2]
    open_file(explorer.rows[1].files, b"no picture", "cat.png")
    assert explorer.problem.startswith("cat.png: ") and len(explorer.pictures.labels) == 2
    open_file(explorer.source.upload, content, "cat.png")
    assert explorer.source.caption == "Your picture" and explorer.problem == ""


def test_the_reason_why_a_file_was_refused_goes_with_the_next_deed():
    """Of several files chosen at once, the reason for one stays while the others are added."""
    explorer = ClassifierExplorer(DOODLES)
    upload, good = explorer.rows[0].files, zip_bytes(*DOODLES)
    with open(FOLDER / "circles.png", "rb") as file:
        picture = memoryview(file.read())
    for deed in (lambda: open_file(explorer.parts.open, good), lambda: explorer.drop(0),
                 lambda: upload.receive({"name": "b.png", "buffer": 0, "number": 0}, [picture])):  # fmt: skip
        upload.receive({"name": "a.png", "buffer": 0, "number": 0}, [memoryview(b"none")])
        upload.receive({"name": "b.png", "buffer": 0, "number": 1}, [picture])
        assert explorer.problem.startswith("a.png: ")
        deed()
        assert explorer.problem == ""


def test_one_reason_is_shown_at_a_time():
    explorer = ClassifierExplorer()
    explorer.runner.run(1)
    first = explorer.problem
    explorer.add(0)
    assert first and "no picture to add" in explorer.problem and first not in explorer.problem


def test_the_augmented_pictures_follow_the_amounts():
    explorer = ClassifierExplorer(DOODLES)
    for amount in explorer.parts.amounts.values():
        amount.number = 0
    tiles = explorer.parts.variants.tiles
    plain = {np.round(255 * image).astype(np.uint8).tobytes() for image in DOODLES.images}
    assert all(tile.tobytes() in plain for tile in tiles)
    explorer.parts.amounts["shift"].number = 3
    assert not any(tile.tobytes() in plain for tile in explorer.parts.variants.tiles)


def test_a_step_of_the_training_is_one_message(messages, trained):
    messages.clear()
    trained.runner.run(1)
    assert len(messages) <= 2  # what runs is shown in one; the buttons may have changed before
    messages.clear()
    send(trained, trained.parts.amounts["shift"], index=0, number=1.0)
    assert len(messages) == 1


def test_one_picture_in_training_is_what_the_curves_begin_with():
    training = OwnTraining((28, 28), 2, seed=0)
    part = LabeledSet(RNG.random((2, 28, 28), np.float32), np.array([0, 1]), ("a", "b"))
    none = LabeledSet(np.zeros((0, 28, 28), np.float32), np.zeros(0, int), ("a", "b"))
    for _ in range(6):
        training.learn(part, none, None, Augmentation(), 3e-3)
    assert [step for step, _ in training.curves["training"]] == [1, 5]
    assert not training.curves["held out"]


def test_labels_of_another_set_are_matched_by_name():
    other = LabeledSet(DOODLES.images[:2], np.array([0, 1]), ("B", "a"))
    assert with_labels_of(other, ["a", "b"]).labels.tolist() == [1, 0]


@pytest.mark.parametrize("given", [
    {"pictures": 3}, {"pictures": "none.zip"}, {"pictures": (DOODLES.images[:, :20], DOODLES.labels)},
    {"pictures": (DOODLES.images, DOODLES.labels[:3])}, {"names": ["cat"]}, {"names": "cat"},
    {"names": ["cat", "cat"]}, {"names": ["a/b", "c"]}, {"seed": -1}, {"color": 3}, {"controls": ["image"]},
], ids=lambda given: next(iter(given)))  # fmt: skip
def test_invalid_arguments_are_refused_in_one_line(given):
    with pytest.raises((ValueError, TypeError)) as error:
        ClassifierExplorer(**given)
    assert is_one_line(str(error.value))


def test_the_still_shows_the_state_and_is_small(trained):
    assert len(trained.still()) < 30_000
    told = "ClassifierExplorer: cat, dog, house; 80 training steps; accuracy on held-out pictures: cat "
    assert trained.describe().startswith(told)


def test_the_set_of_the_explorer_trains_a_network_without_a_page():
    """What was drawn is there for code: three arrays."""
    images, labels, names = ClassifierExplorer(DOODLES).pictures
    assert images.shape == (30, 28, 28) and labels.shape == (30,) and names == DOODLE_NAMES
    assert load_zip(zip_bytes(images, labels, names)).names == DOODLE_NAMES
