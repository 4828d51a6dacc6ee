"""Tables of what a level needs beside scans."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventhub.core.db import Base, BigInt, Pk


class CourseResult(Base):
    """What a level needs beside attendance: a test score from 0 to 1, and the survey sent."""

    __tablename__ = "course_result"
    __table_args__ = (UniqueConstraint("registration_id"), Index(None, "event_id"))

    id: Mapped[Pk]
    event_id: Mapped[int] = mapped_column(BigInt, ForeignKey("event.id"))
    registration_id: Mapped[int] = mapped_column(BigInt, ForeignKey("registration.id"))
    post_test: Mapped[float | None]
    survey_sent: Mapped[bool] = mapped_column(default=False)
