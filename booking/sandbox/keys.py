"""The key pair of the emulated app: always the same, so that its public half can be written down.

Two fixed primes stand here instead of a key file: it guards nothing but a sandbox.
"""

from __future__ import annotations

import base64

P = int(
    "fa765d230e3f8ad59c36c0894f29ca33786741a58521124a3b3f2196e6fca525b1d8d1ce7be9f39d"
    "6326ede1894c2597bcc9f10da244596d2670e51c748924614542ce873759e68bd1c7948975338a85"
    "7c1db392494347db36ca30889dd69904fbf39724483c335e4a3e8aa72e7cb92802dd25f1825371c6"
    "44b0f02446af38b5",
    16,
)
Q = int(
    "edc9c7adcbea572498c92a7192cde1a73a13793b5c14fb79a44635e112948940c9e1e4b97f6772cf"
    "807fe7c5408a4aed3a2b1ba1c9a9743b3f0b0975a6ead86a6ae2a0530fd41fe82716203c41b307de"
    "ff8269991d2bf53885c2090502ed54622ffc38d83850a853fbe5c26026f19e48419f17afff7ce805"
    "60b96223cecd13ab",
    16,
)
EXPONENT = 65537
LONG = 0x80  # from here on a length is told by its own length first
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")  # AlgorithmIdentifier rsaEncryption


def public_key() -> str:
    """The public key as PEM (SubjectPublicKeyInfo)."""
    numbers = _der(0x30, _integer(P * Q) + _integer(EXPONENT))
    info = _der(0x30, _RSA + _der(0x03, b"\0" + numbers))
    text = base64.b64encode(info).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return f"-----BEGIN PUBLIC KEY-----\n{lines}\n-----END PUBLIC KEY-----\n"


def _integer(number: int) -> bytes:
    return _der(0x02, number.to_bytes(number.bit_length() // 8 + 1))


def _der(tag: int, content: bytes) -> bytes:
    """Tag, length, value: the one rule of ASN.1's DER."""
    length = len(content)
    if length < LONG:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, LONG | len(size)]) + size + content
