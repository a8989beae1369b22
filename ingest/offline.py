"""What keeps installed libraries from reaching other machines of their own accord."""

import os
from urllib.parse import urlsplit

# onnxruntime reports its use to its maker unless this stands in the environment before it is loaded; the
# others are read by the libraries around models.
_OFF = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DO_NOT_TRACK": "1",
}
_PAST_PROXIES = ("NO_PROXY", "no_proxy")


def silence_libraries() -> None:
    """Turns off what libraries report of their use; called before any of them is loaded."""
    os.environ.update(_OFF)


def reach_directly(url: str) -> None:
    """Lets no proxy of the environment stand between this process and the host of the address."""
    host = urlsplit(url).hostname
    for name in _PAST_PROXIES if host else ():
        hosts = [each for each in os.environ.get(name, "").split(",") if each]
        if host not in hosts:
            os.environ[name] = ",".join((*hosts, str(host)))
