"""Plays a notebook user on the kernel `java`: reads steps as JSON, sends each cell, prints what came back as JSON.

A step is {"code": TEXT} or, to interrupt the cell once it has printed something, {"code": TEXT, "interrupt": true},
or, to send several cells before the first is done, {"queue": [TEXT, …]}.
"""
import json
import sys

from jupyter_client.manager import start_new_kernel


def replies(client, ids):
    found = {}
    while len(found) < len(ids):
        message = client.get_shell_msg(timeout=120)
        if message["parent_header"].get("msg_id") in ids:
            found[message["parent_header"]["msg_id"]] = message["content"]
    return [found[i] for i in ids]


def run(manager, client, code, interrupt):
    sent = client.execute(code)
    result = {"stdout": "", "data": [], "updates": [], "traceback": []}
    while True:
        message = client.get_iopub_msg(timeout=120)
        if message["parent_header"].get("msg_id") != sent:
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "status" and content["execution_state"] == "idle":
            return {**result, "status": replies(client, [sent])[0]["status"]}
        if kind == "stream":
            result["stdout"] += content["text"]
            if interrupt:
                manager.interrupt_kernel()
                interrupt = False
        elif kind in ("display_data", "execute_result"):
            result["data"].append(content["data"])
        elif kind == "update_display_data":
            result["updates"].append(content["data"])
        elif kind == "error":
            result["traceback"] = content["traceback"]


def main():
    manager, client = start_new_kernel(kernel_name="java")
    results = []
    for step in json.load(sys.stdin):
        if "queue" in step:
            sent = [client.execute(code) for code in step["queue"]]
            results.append({"statuses": [reply["status"] for reply in replies(client, sent)]})
        else:
            results.append(run(manager, client, step["code"], step.get("interrupt", False)))
    client.stop_channels()
    manager.shutdown_kernel()
    print(json.dumps(results))


main()
