"""Pictures of one's own: a button that opens a file, and one for the camera."""

import ipywidgets

from helpers.explorers.camera import Camera


def own_picture(take, complain):
    """Make the two buttons.

    `take(name, content)` gets the bytes of a file or of a still, whatever they are; `complain(line)`
    hears why the camera has none.
    """
    upload = ipywidgets.FileUpload(
        accept="image/*", description="your picture", tooltip="Open a picture file of your own"
    )

    def opened(change):
        if not upload.value:
            return
        file = upload.value[-1]
        upload.value = ()  # so that the same file can be chosen again
        take(" ".join(file["name"].split())[-40:], bytes(file["content"]))

    upload.observe(opened, "value")
    return upload, Camera(lambda still: take("your camera", still), complain)
