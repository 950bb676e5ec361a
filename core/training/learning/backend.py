"""What a network is trained with: Keras' backend, its version, and whether on a graphics card."""

from importlib.metadata import version

ON = {"gpu": "a graphics card", "cuda": "a graphics card", "tpu": "a tensor processor", "cpu": "a processor"}


def trained_with() -> str:
    """E.g. "tensorflow 2.21.0 and keras 3.15.1 on a processor"."""
    import keras

    name = keras.backend.backend()
    devices = [one.split(":")[0] for one in keras.distribution.list_devices()] if name != "torch" else []
    device = next((one for one in devices if one != "cpu"), "cpu")
    if name == "torch":
        import torch

        device = "cuda" if torch.cuda.is_available() else "cpu"
    return f"{name} {version(name)} and keras {keras.__version__} on {ON.get(device, device)}"


def on_card() -> bool:
    """Whether JAX trains, and not on the processor."""
    import keras

    devices = keras.distribution.list_devices()
    return keras.backend.backend() == "jax" and not all(one.startswith("cpu") for one in devices)
