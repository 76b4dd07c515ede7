"""Which scenes are played, and in which order? A new family of screens is one file here and one line."""

from scripts.gallery.scene import Scene
from scripts.gallery.scenes import home, products

SCENES: tuple[Scene, ...] = (home.SCENE, products.SCENE)
