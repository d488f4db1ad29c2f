"""The portal starts, stops and fails as a small office needs it to."""

import os
import signal
import socket

import pytest

from tests.drills.portal import alive, children_of
from tests.waiting import wait_until

WEB, WORKER = "granian", "run_worker"


def child(portal, what: str) -> int:
    """Return the process id of the portal's web server or worker."""
    for pid in children_of(portal.process.pid):
        command = os.popen(f"ps -o args= -p {pid}").read()
        if what in command:
            return pid
    raise AssertionError(f"no {what} below {portal.process.pid}\n{portal.log}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_the_parent_stops_both_cleanly(portal, number):
    portal.start()
    everyone = children_of(portal.process.pid)
    assert child(portal, WEB)
    assert child(portal, WORKER)
    assert portal.stop(number) == 0, portal.log
    assert not any(map(alive, everyone))
    assert "buộc dừng" not in portal.log


def test_the_worker_beside_the_site_does_its_rounds(portal):
    portal.start()
    wait_until(lambda: portal.answers("/readyz"), "the worker has run the mail job")


@pytest.mark.parametrize("what", [WEB, WORKER])
def test_when_one_dies_the_other_is_stopped_and_the_exit_code_says_so(portal, what):
    portal.start()
    everyone = children_of(portal.process.pid)
    os.kill(child(portal, what), signal.SIGKILL)
    assert portal.process.wait(40) != 0
    assert portal.log.strip().splitlines()[-1].count("dừng bất ngờ") == 1
    wait_until(lambda: not any(map(alive, everyone)), "nobody is left")


def test_when_the_parent_is_killed_nobody_is_left_holding_the_port(portal):
    portal.start()
    everyone = children_of(portal.process.pid)
    os.kill(portal.process.pid, signal.SIGKILL)
    wait_until(lambda: not any(map(alive, everyone)), "nobody is left")


def test_a_port_in_use_is_one_clear_line(portal):
    with socket.socket() as other:
        other.bind(("127.0.0.1", portal.port))
        other.listen()
        portal.launch()
        assert portal.process.wait(60) != 0
    assert f"cổng {portal.port} đã có chương trình khác dùng" in portal.log
    assert "Traceback" not in portal.log


def test_a_second_start_prepares_nothing_again(portal):
    portal.start()
    assert portal.stop() == 0
    assert "Tệp tĩnh" not in portal.log
    assert "Nội dung ban đầu" not in portal.log


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "tám"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nowhere"),
        ("CACHE_URL", "redis://127.0.0.1:1/0"),
    ],
)
def test_an_unusable_value_stops_the_start_with_one_clear_line(portal, name, value):
    portal.extra[name] = value
    portal.launch()
    assert portal.process.wait(60) != 0
    assert "Không khởi động được" in portal.log
    assert "Traceback" not in portal.log
