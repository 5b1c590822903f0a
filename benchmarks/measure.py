"""Takes times, interleaved, and keeps the least: what else the machine does can only make things slower."""

import os
import time


class Measurements:
    def __init__(self):
        self.seconds = {}
        self.load = []

    def interleaved(self, case, works, repeat, slow=()):
        """Runs each of the works, one after the other, as often as told; the slow ones once.

        A work is a function, or a pair of what prepares it and itself; only the latter is timed.
        """
        for turn in range(repeat):
            for name, work in works.items():
                if turn and name in slow:
                    continue
                prepare, timed = work if isinstance(work, tuple) else (lambda: None, work)
                prepare()
                started = time.monotonic()
                timed()
                taken = time.monotonic() - started
                self.load.append(os.getloadavg()[0])
                self.seconds.setdefault((case, name), []).append(taken)
                print(f"  {case:34} {name:14} {taken:8.2f} s", flush=True)

    def least(self, case, name):
        return min(self.seconds.get((case, name), [float("nan")]))

    def table(self, case_names, peers, base):
        """Seconds of each peer, and how many times those of the base."""
        rows = ["| | " + " | ".join(peers) + " |", "|---|" + "---|" * len(peers)]
        for case in case_names:
            cells = []
            for peer in peers:
                seconds = self.least(case, peer)
                ratio = seconds / self.least(case, base)
                cells.append("–" if seconds != seconds else f"{seconds:.2f} s ({ratio:.2f} ×)")
            rows.append(f"| {case} | " + " | ".join(cells) + " |")
        return "\n".join(rows)

    def json(self):
        return {
            "seconds": {f"{case}: {name}": values for (case, name), values in self.seconds.items()},
            "load": {"least": min(self.load), "most": max(self.load)},
        }
