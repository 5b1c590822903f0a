"""Takes times, interleaved, and keeps the least: what else the machine does can only make things slower."""

import os
import resource
import time


class Measurements:
    """Seconds of each work, and the processor seconds of what was started here. Stops repeating when the time is up."""

    def __init__(self, known=None, deadline=float("inf")):
        known = known or {}
        self.seconds = dict(known.get("seconds", {}))
        self.cpu = dict(known.get("cpu", {}))
        self.notes = dict(known.get("notes", {}))
        self.load = list(known.get("load", []))
        self.deadline = deadline

    def has(self, case, name):
        return key(case, name) in self.seconds

    def note(self, case, name, words):
        self.notes[key(case, name)] = words

    def interleaved(self, case, works, repeat, slow=(), most=60):
        """Runs each of the works, one after the other, as often as told; the slow ones once.

        A work is a function, or a pair of what prepares it and itself; only the latter is timed. What has
        been measured before is not measured again; after `most` seconds nothing is repeated.
        """
        missing = {name: work for name, work in works.items() if not self.has(case, name)}
        started = time.monotonic()
        for turn in range(repeat):
            for name, work in missing.items():
                late = time.monotonic() > min(self.deadline, started + most)
                if turn and (name in slow or late):
                    continue
                if name in slow and time.monotonic() > self.deadline:
                    self.note(case, name, "not measured: the time was up")
                    continue
                prepare, timed = work if isinstance(work, tuple) else (lambda: None, work)
                prepare()
                self._take(case, name, timed)

    def _take(self, case, name, timed):
        before, started = processor(), time.monotonic()
        try:
            timed()
        except RuntimeError as e:
            self.note(case, name, "failed: " + str(e).strip().splitlines()[-1][:200])
            print(f"  {case:34} {name:14} {self.notes[key(case, name)]}", flush=True)
            return
        taken = time.monotonic() - started
        self.load.append(os.getloadavg()[0])
        self.seconds.setdefault(key(case, name), []).append(round(taken, 3))
        self.cpu.setdefault(key(case, name), []).append(round(processor() - before, 3))
        print(f"  {case:34} {name:14} {taken:8.2f} s", flush=True)

    def computed(self, case, name, seconds, words):
        """A time that was computed from shorter runs."""
        self.seconds[key(case, name)] = [round(seconds, 3)]
        self.note(case, name, words)

    def least(self, case, name):
        return min(self.seconds.get(key(case, name), [float("nan")]))

    def table(self, case_names, peers, base):
        """Seconds of each peer, and how many times those of the base; ~ when computed from shorter runs."""
        rows = ["| | " + " | ".join(peers) + " |", "|---|" + "---|" * len(peers)]
        for case in case_names:
            cells = []
            for peer in peers:
                seconds = self.least(case, peer)
                ratio = seconds / self.least(case, base)
                about = "~" if self.notes.get(key(case, peer), "").startswith("computed") else ""
                cells.append("–" if seconds != seconds else f"{about}{seconds:.2f} s ({ratio:.2f} ×)")
            rows.append(f"| {case} | " + " | ".join(cells) + " |")
        return "\n".join(rows)

    def json(self):
        return {"seconds": self.seconds, "cpu": self.cpu, "notes": self.notes, "load": self.load}


def key(case, name):
    return f"{case}: {name}"


def processor():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
