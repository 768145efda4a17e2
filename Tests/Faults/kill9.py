"""kill -9 under load: four writers mix all acts and repeat with the same keys what got no answer.

Usage: kill9.py ROUNDS. After every round `bitimd check` must be clean and nothing acknowledged be
lost; at the end the journal holds each act that was made, once.
"""
import random
import sys
import threading
import time

from school import School, Writer, counts


def main(rounds, seed):
    """Rounds in twenties, each on a registry of its own: a check takes as long as there are acts."""
    random.seed(seed)
    acts = repeats = 0
    for first in range(0, rounds, 20):
        more, again = run(min(20, rounds - first), f"{seed}, from round {first}")
        acts, repeats = acts + more, repeats + again
    print(f"ok   kill -9: {rounds} rounds, {acts} acts acknowledged, {repeats} repeats: 0 lost, 0 half done, 0 done "
          f"twice; check clean after each")


def run(rounds, seed):
    Writer.seats.clear()
    school = School().found()
    before = counts(school.database)
    stopping = threading.Event()
    writers = [Writer(school, f"W{number}", stopping) for number in range(4)]
    school.serve()
    for writer in writers:
        writer.start()
    for number in range(rounds):
        time.sleep(random.uniform(0.02, 0.35))
        school.kill()
        told = [dict(writer.done) for writer in writers]
        problems, _ = school.check()
        if problems:
            sys.exit(f"FAIL: round {number} (seed {seed}): {problems[:5]}")
        there = counts(school.database)
        for kind in there | {k: 0 for t in told for k in t}:
            acknowledged = sum(t.get(kind, 0) for t in told) + before.get(kind, 0)
            if there.get(kind, 0) < acknowledged:
                sys.exit(f"FAIL: round {number} (seed {seed}): {kind}: {acknowledged} acknowledged, "
                         f"{there.get(kind, 0)} there")
        school.serve()
        for writer in writers:
            if writer.failure:
                sys.exit(f"FAIL: round {number} (seed {seed}): {writer.failure}")
    # Whatever runs is finished now, by repeats with the same keys; then nobody begins anything new.
    time.sleep(1)
    stopping.set()
    for writer in writers:
        writer.join(60)
        if writer.is_alive() or writer.failure:
            sys.exit(f"FAIL: (seed {seed}): {writer.failure or 'a writer hangs'}")
    school.stop()
    problems, _ = school.check()
    there = counts(school.database)
    done = {}
    for writer in writers:
        for kind, count in writer.done.items():
            done[kind] = done.get(kind, 0) + count
    wrong = [f"{kind}: {done.get(kind, 0)} acknowledged, {there.get(kind, 0) - before.get(kind, 0)} there"
             for kind in sorted(set(done) | set(there))
             if done.get(kind, 0) != there.get(kind, 0) - before.get(kind, 0)]
    if problems or wrong:
        sys.exit(f"FAIL: (seed {seed}): {problems[:5]} {wrong}")
    school.remove()
    return sum(done.values()), sum(writer.repeats for writer in writers)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time()))
