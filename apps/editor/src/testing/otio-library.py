"""Reads a document with OpenTimelineIO's own library, says what it understands of it, edits it as a program would, and writes both."""

import json
import sys

import opentimelineio as otio

timeline = otio.adapters.read_from_string(sys.stdin.read(), "otio_json")
(track,) = timeline.video_tracks()


def ms(time):
    return time.rescaled_to(1000).value


def said(clip):
    place = clip.range_in_parent()
    return {
        "name": clip.name,
        "media": type(clip.media_reference).__name__,
        "startMs": ms(place.start_time),
        "endMs": ms(place.end_time_exclusive()),
        "sourceMs": ms(clip.source_range.start_time),
        "scalars": [effect.time_scalar for effect in clip.effects],
    }


clips = list(timeline.find_clips())
understood = {
    "version": otio.__version__,
    "durationMs": ms(timeline.duration()),
    "clips": [said(clip) for clip in clips],
    "dissolves": [
        [type(beside).__name__ for beside in track.neighbors_of(one)]
        for one in track
        if isinstance(one, otio.schema.Transition)
    ],
    "markers": [
        [marker.metadata["showrunner"]["kind"], marker.comment, ms(marker.marked_range.start_time)]
        for marker in timeline.tracks.markers
    ],
}
written = otio.adapters.write_to_string(timeline, "otio_json")

# The first footage is cut in two, the second half goes to the end, and a clip of no take of ours follows.
first = next(clip for clip in clips if isinstance(clip.media_reference, otio.schema.ExternalReference))
half = otio.opentime.RationalTime(first.source_range.duration.value // 2, first.source_range.duration.rate)
second = first.deepcopy()
first.source_range = otio.opentime.TimeRange(first.source_range.start_time, half)
second.source_range = otio.opentime.TimeRange(first.source_range.end_time_exclusive(), half)
track.append(second)
track.append(
    otio.schema.Clip(
        "logo",
        otio.schema.ExternalReference("logo.mov"),
        otio.opentime.TimeRange(otio.opentime.RationalTime(0, 24), otio.opentime.RationalTime(24, 24)),
    )
)
json.dump({"understood": understood, "written": written, "edited": otio.adapters.write_to_string(timeline, "otio_json")}, sys.stdout)
