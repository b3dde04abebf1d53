"""Asking several questions at once, so that a cold page costs one round trip and not their sum."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

_pool = ThreadPoolExecutor(max_workers=32, thread_name_prefix="asking")


def ask_both[A, B](one: Callable[[], A], other: Callable[[], B]) -> tuple[A, B]:
    """Both answers. The first runs in this thread, the other beside it; neither may use the ORM.

    Raises: what ``one`` raises, else what ``other`` raises.
    """
    beside = _pool.submit(other)
    return one(), beside.result()


def ask_three[A, B, C](
    one: Callable[[], A], other: Callable[[], B], third: Callable[[], C]
) -> tuple[A, B, C]:
    """All three, as ``ask_both``. Only the first may ask several itself: it is not in the pool."""
    beside, also = _pool.submit(other), _pool.submit(third)
    return one(), beside.result(), also.result()


def ask_all[A](questions: Sequence[Callable[[], A]]) -> list[A]:
    """All answers, in the order of the questions. As ``ask_both``; raises what the first raises."""
    first, *others = questions
    beside = [_pool.submit(each) for each in others]
    return [first(), *(each.result() for each in beside)]
