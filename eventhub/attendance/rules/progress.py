"""How far somebody is on the way to a level, and what can still be reached. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from eventhub.attendance.rules.credit import NOTHING, Credit
from eventhub.attendance.rules.levels import ATTENDED_FROM, Excuses, Policy, Record, level


@dataclass(frozen=True, slots=True)
class Goal:
    """A level, the minutes it takes, and whether it is reached, open or out of reach.

    `lacking` are the minutes still needed; `blocked` says that a session nobody may miss was.
    """

    level: str
    share: float
    minutes: int
    lacking: int
    state: str
    is_blocked: bool = False


@dataclass(frozen=True, slots=True)
class MustSee:
    """A session that nobody may miss: attended, missed, to come or excused."""

    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person stands and what is left.

    `to_come` are codes of sessions that can still bring minutes, `ahead` how many minutes. `test`
    is "", waiting, passed or failed; `survey` "", waiting or sent.
    """

    minutes: int
    possible: int
    ahead: int
    goals: tuple[Goal, ...]
    must_see: tuple[MustSee, ...]
    to_come: tuple[str, ...]
    test: str
    survey: str
    level: str

    @property
    def share(self) -> float:
        """Return the credited share, 0 to 1."""
        return self.minutes / self.possible if self.possible else 0.0


def progress(sessions: Sequence[Credit], record: Record, policy: Policy, now: datetime) -> Progress:
    """Return how far a person is for whom these sessions are meant."""
    verdict = level(record, policy)
    left = [one for one in sessions if one.ends_at > now]
    rest = {one.code: one.minutes - record.sessions.get(one.code, NOTHING).minutes for one in left}
    to_come = tuple(one.code for one in left if rest[one.code] > 0)
    ahead = min(sum(rest.values()), max(record.possible - record.minutes, 0))
    must_see = tuple(_must_see(one, record, policy, now) for one in sessions if one.is_mandatory)
    is_blocked = any(one.state == "missed" for one in must_see)
    goals = []
    if policy.by_hours:
        goals.append(_goal("participation", policy.participation_share, record, ahead))
        if policy.completion_share is not None:
            goal = _goal("completion", policy.completion_share, record, ahead, is_blocked)
            done = verdict.level == "completion"
            state = goal.state if done or goal.state != "reached" else "open"
            goals.append(
                Goal(goal.level, goal.share, goal.minutes, goal.lacking, state, is_blocked)
            )
    asks = policy.by_hours and policy.completion_share is not None
    return Progress(
        minutes=record.minutes, possible=record.possible, ahead=ahead, goals=tuple(goals),
        must_see=must_see if asks else (), to_come=to_come,
        test=_test(record, policy) if asks else "",
        survey=("sent" if record.survey else "waiting") if asks and policy.survey else "",
        level=verdict.level,
    )  # fmt: skip


def _goal(name: str, share: float, record: Record, ahead: int, is_blocked: bool = False) -> Goal:
    minutes = ceil(round(share * record.possible, 6))
    lacking = max(minutes - record.minutes, 0)
    if is_blocked or lacking > ahead:
        state = "out_of_reach"
    else:
        state = "open" if lacking or not record.possible else "reached"
    return Goal(name, share, minutes, lacking, state, is_blocked)


def _must_see(one: Credit, record: Record, policy: Policy, now: datetime) -> MustSee:
    had = record.sessions.get(one.code, NOTHING)
    if had.share >= ATTENDED_FROM:
        state = "attended"
    elif had.is_excused and policy.excuses == Excuses.ALL:
        state = "excused"
    else:
        state = "to_come" if one.ends_at > now else "missed"
    return MustSee(one.code, state)


def _test(record: Record, policy: Policy) -> str:
    if policy.post_test is None:
        return ""
    if record.post_test is None:
        return "waiting"
    return "passed" if record.post_test >= policy.post_test else "failed"
