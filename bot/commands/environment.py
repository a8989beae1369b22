"""What the program keeps of the environment it is started in.

Libraries take orders from variables of their own: to post each question to a tracing service, to go by a
proxy, to ask another server than the settings name. Nobody can list those of every version, so the list
here is of what is kept.
"""

import os
from collections.abc import MutableMapping

from ingest.offline import silence_libraries

_PROXY = "CLAUSEWISE_PROXY"
_THIS_MACHINE = "localhost,127.0.0.1,::1"
# The user, the machine, the terminal, the language and the certificates that are trusted.
_KEPT = frozenset(
    (
        *("PATH", "PATHEXT", "HOME", "USER", "USERNAME", "LOGNAME", "SHELL", "PWD", "TMPDIR", "TEMP", "TMP"),
        *("LANG", "LANGUAGE", "TZ", "TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"),
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "APPDATA", "LOCALAPPDATA", "USERPROFILE"),
        *("HOMEDRIVE", "HOMEPATH", "PROGRAMDATA", "PROGRAMFILES", "DISPLAY", "VIRTUAL_ENV", "CONDA_PREFIX"),
        *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HUGGING_FACE_HUB_TOKEN"),
        *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"),
        *("AWS_DEFAULT_REGION", "GOOGLE_APPLICATION_CREDENTIALS"),
    )
)
# HF_ counts only if a setting names a model of the hub.
_KEPT_BEGINNINGS = (
    *("CLAUSEWISE_", "LC_", "XDG_", "PYTHON", "LD_", "DYLD_"),
    *("OMP_", "MKL_", "OPENBLAS_", "KMP_", "CUDA_", "NVIDIA_", "HF_"),
)
# A key alone leads nowhere; it is what a chat model of another provider is opened with.
_KEPT_ENDINGS = ("_API_KEY",)


def keep_only_the_known(environment: MutableMapping[str, str] | None = None) -> None:
    """Drops every variable that the program does not know; the proxy of our own setting takes their place."""
    variables = os.environ if environment is None else environment
    for name in [each for each in variables if not _is_kept(each)]:
        del variables[name]
    if proxy := variables.get(_PROXY):
        variables.update(HTTP_PROXY=proxy, HTTPS_PROXY=proxy, NO_PROXY=_THIS_MACHINE)
    silence_libraries()


def _is_kept(name: str) -> bool:
    return name in _KEPT or name.startswith(_KEPT_BEGINNINGS) or name.endswith(_KEPT_ENDINGS)
