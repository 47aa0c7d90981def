"""The process that does the work: one job at a time, and between jobs what keeps the queue healthy.

It goes on where the database was away for a while. A thread says every few seconds that it is there: a job may take minutes without a
step of its own.
"""

from __future__ import annotations

import logging
import random
import signal
import sys
import threading
import time
from datetime import timedelta
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from puntlanding.web.work import kept
from puntlanding.web.work.memory import sweep as sweep_memory
from puntlanding.web.work.models import Job, JobState, Worker
from puntlanding.web.work.queue import recover, register, tidy
from puntlanding.web.work.tasks import here

BEAT, LOOK, HOUSEKEEPING = 5.0, 10.0, 600.0  # seconds
AWAY = 5.0  # seconds between two tries to reach the database
_log = logging.getLogger("puntlanding.work")


class WebWorker(DatabaseWorker):
    """``once``: what waits now, and then no more."""

    def __init__(self, *, once: bool = False, interval: float = 1.0) -> None:
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME], interval=interval, batch=once, backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False, max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip
        self._over = threading.Event()
        self._looked = self._cleaned = 0.0

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The job that runs is given back at its next step; asked a second time, at once."""
        if not self.running:
            self.reset_signals()
            sys.exit(1)
        self.running, here.ending = False, True
        if here.busy is not None:
            here.busy.stop()
        self._over.set()

    @property
    def jobs_done(self) -> int:
        return self._run_tasks

    def run(self) -> None:
        """Returns when it is told to end or, with ``once``, when nothing waits."""
        register(self.worker_id)
        here.worker, here.ending = self.worker_id, False
        _log.info("worker %s begins", self.worker_id[:8])
        beating = threading.Thread(target=self._beat, name="beat", daemon=True)
        beating.start()
        try:
            while self.running:
                try:
                    close_old_connections()
                    self._keep_house()
                    if not self._one() and self.batch:
                        break
                except (OperationalError, InterfaceError) as error:
                    _log.warning("no database: %s", type(error).__name__)
                    connections.close_all()
                    self._over.wait(AWAY)
        finally:
            self._over.set()
            beating.join(BEAT)
            here.worker = ""
            self._leave()
        _log.info("worker %s ends", self.worker_id[:8])

    def _one(self) -> bool:
        """Whether there was anything to do; where not, it waits a little."""
        with exclusive_transaction():
            ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name, queue_name__in=self.queue_names)
            found = ready.get_locked()
            if found is not None:
                found.claim(self.worker_id)
        if found is None:
            if not self.batch:
                self._over.wait(self.interval * random.uniform(0.8, 1.2))  # noqa: S311  so that workers do not keep step
            return False
        self.run_task(found)
        return True

    def _keep_house(self) -> None:
        now = time.monotonic()
        if not self._looked or now - self._looked > LOOK:
            self._looked = now
            found = recover(self.worker_id)
            if found:
                _log.warning("%d jobs were left by workers that are gone", found)
        if not self._cleaned or now - self._cleaned > HOUSEKEEPING:
            self._cleaned = now
            clear_old_files()
            kept.sweep()
            sweep_memory()
            tidy()

    def _beat(self) -> None:
        while not self._over.wait(BEAT):
            self._say(timezone.now())
        connections.close_all()

    def _say(self, now: object) -> None:
        try:
            if not Worker.objects.filter(name=self.worker_id).update(seen=now):
                register(self.worker_id)
        except DatabaseError as error:
            _log.warning("no database: %s", type(error).__name__)
            connections.close_all()

    def _leave(self) -> None:
        try:
            Worker.objects.filter(name=self.worker_id).delete()
        except DatabaseError as error:
            _log.warning("no database: %s", type(error).__name__)


def clear_old_files() -> int:
    """Results of more than so many days ago: the row stays, and says so. How many jobs."""
    before = timezone.now() - timedelta(days=settings.WORK_KEPT_DAYS)
    old = Job.objects.filter(state=JobState.DONE, finished__lt=before, swept=None).exclude(files={})
    count = 0
    for job in old:
        job.swept = timezone.now()
        job.save(update_fields=["swept"])
        kept.forget(job)
        count += 1
    return count


def work(*, once: bool = False) -> int:
    """As `puntlanding-web worker`: signals end it, a second one at once. How many jobs were done."""
    worker = WebWorker(once=once)
    if threading.current_thread() is not threading.main_thread():
        worker.run()
        return worker.jobs_done
    before = {name: signal.signal(name, worker.shutdown) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        worker.run()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    return worker.jobs_done
