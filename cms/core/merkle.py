"""One hash for many, and the few hashes that prove one of them is among those: pure, with no key.

As in RFC 6962, leaves and nodes are told apart by a byte before them; a node without a neighbour goes up as it is.
"""

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").hexdigest()
# A neighbour on the way up: the side on which it stands, and its hash.
Step = tuple[str, str]
LEFT, RIGHT = "left", "right"


def leaf_of(value: str) -> str:
    """Return the lowest node above ``value``: it stands in the tree in its place and does not give it away."""
    return _leaf(value).hex()


def tree_of(hashes: Sequence[str]) -> str:
    """Return the hash above ``hashes`` (hexadecimal, in order)."""
    return tree_of_leaves([leaf_of(each) for each in hashes])


def tree_of_leaves(leaves: Sequence[str]) -> str:
    """Return the hash above ``leaves``, each of them from :func:`leaf_of`."""
    level = [bytes.fromhex(each) for each in leaves]
    while len(level) > 1:
        level = _above(level)
    return level[0].hex() if level else EMPTY


def proof_of(hashes: Sequence[str], place: int) -> list[Step]:
    """Return the neighbours that lead from the hash at ``place`` (from 0) up to :func:`tree_of` of all."""
    level, steps = [_leaf(each) for each in hashes], []
    while len(level) > 1:
        other = place ^ 1
        if other < len(level):
            steps.append((LEFT if other < place else RIGHT, level[other].hex()))
        level, place = _above(level), place // 2
    return steps


def climb(leaf: str, steps: Iterable[Step]) -> str:
    """Return where ``steps`` lead from ``leaf``: the hash of the tree, if the proof is good."""
    node = _leaf(leaf)
    for side, other in steps:
        pair = (bytes.fromhex(other), node) if side == LEFT else (node, bytes.fromhex(other))
        node = _node(*pair)
    return node.hex()


def _above(level: list[bytes]) -> list[bytes]:
    pairs = [_node(level[place], level[place + 1]) for place in range(0, len(level) - 1, 2)]
    return pairs + level[-1:] if len(level) % 2 else pairs


def _leaf(value: str) -> bytes:
    return hashlib.sha256(b"\0" + bytes.fromhex(value)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
