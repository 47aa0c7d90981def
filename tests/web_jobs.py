"""Jobs to test with: kinds of work that do as they are told, and one that is done."""

from __future__ import annotations

import hashlib


def _places():
    from puntlanding.web.work import kinds

    return kinds._PLACES


def register(name="sample"):
    """A kind of this module among the real ones."""
    _places()[name] = f"web_jobs:{name.upper()}"


def forget(name="sample"):
    _places().pop(name, None)


def sample(collective=None, **changes):
    """A job that is done, with one file."""
    from django.utils import timezone

    from puntlanding.web.desk.models import Collective, Membership
    from puntlanding.web.work import kept
    from puntlanding.web.work.models import Job

    register()
    where = collective or Collective.objects.get(name="MSB Voorbeeld")
    found = Job.objects.filter(collective=where, work="sample", key="sample").first()
    if found is None:
        by = Membership.objects.filter(collective=where, role="collective_controller").get().user
        now = timezone.now()
        job = Job(work="sample", collective=where, by=by, at=now, key="sample", detail="all", attempt=1)
        job.state, job.started, job.finished = "done", now, now
        job.files = kept.keep(job, {"getallen.csv": b"a;b\n1;2\n"})
        for name, value in changes.items():
            setattr(job, name, value)
        job.save()
        found = job
    return found


def _run(progress, asked):
    """``asked``: steps, the seconds each takes, and how it ends."""
    import time

    from puntlanding.problems import InputError, Problem

    steps = int(asked.get("steps", 3))
    for at in range(steps):
        progress.step(at, steps, ("telt", "counts"))
        time.sleep(float(asked.get("pause", "0")))
        if asked.get("ends") == "input":
            raise InputError([Problem("collective_exists", "bestand.csv", 3, "naam", "x")])
        if asked.get("ends") == "fault":
            raise ValueError("Jansen, 123456782")
        if asked.get("ends") == "memory":
            raise MemoryError
    return {"getallen.csv": hashlib.sha256(str(asked).encode()).hexdigest().encode()}


def __getattr__(name):
    if name != "SAMPLE":
        raise AttributeError(name)
    from puntlanding.web.rules import Permission
    from puntlanding.web.work.kinds import Work

    return Work("sample", ("Proefwerk", "Trial work"), Permission.CALCULATE, _run)
