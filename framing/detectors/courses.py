"""The only list of detectors that can learn from a project's labels."""

from __future__ import annotations

from collections.abc import Mapping

from framing.detectors.attribution.learning import AttributionCourse
from framing.detectors.learning import Course
from framing.detectors.loaded_terms.learning import TermCourse

COURSES: Mapping[str, Course] = {
    course.detector: course for course in (TermCourse(), AttributionCourse())
}
