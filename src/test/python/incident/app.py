"""The shape of the application of the incident, in a few dozen lines.

Sessions live in module-level dicts that request threads and analysis threads touch. A stop takes the session out
of one dict; the thread of the analysis puts it into the other when it notices, after its question. With LOCKED=1
in the environment every touch happens under one lock, and a stop moves the session itself.
"""
import contextlib
import os
import threading
import time

from flask import Flask, jsonify, request

app = Flask(__name__)
QUESTIONS = 5
QUESTION_SECONDS = 0.02

active_analyses = {}
completed_analyses = {}
partial_analyses = {}
locked = bool(os.environ.get("LOCKED"))
lock = threading.RLock() if locked else contextlib.nullcontext()


def item(session_id, session, status):
    return {"session_id": session_id, "status": status, "questions_answered": len(session["answers"])}


def results(session):
    """What takes a moment at the end of an analysis: to put its table together."""
    rows = [
        {"question_id": "Q%d" % number, "answer": session["answers"].get(number, "")}
        for number in range(1, QUESTIONS + 1)
    ]
    return {"sections": [{"section_id": "all", "questions": rows}]}


def analyse(session_id):
    session = active_analyses[session_id]
    for number in range(1, QUESTIONS + 1):
        time.sleep(QUESTION_SECONDS)
        with lock:
            if session["stopped"]:
                partial_analyses[session_id] = session
                return
            session["answers"][number] = "answer %d" % number
    with lock:
        if active_analyses.pop(session_id, None) is not None:
            session["result"] = results(session)
            completed_analyses[session_id] = session


@app.post("/api/analyze")
def start():
    session_id = request.get_json()["session_id"]
    with lock:
        active_analyses[session_id] = {"answers": {}, "stopped": False}
    threading.Thread(target=analyse, args=(session_id,), daemon=True).start()
    return jsonify(success=True, session_id=session_id)


@app.get("/api/admin/sessions")
def sessions():
    with lock:
        active = [item(key, value, "active") for key, value in list(active_analyses.items())]
        completed = [item(key, value, "completed") for key, value in list(completed_analyses.items())]
        partial = [item(key, value, "partial") for key, value in list(partial_analyses.items())]
        summary = {
            "active_count": len(active_analyses),
            "completed_count": len(completed_analyses),
            "partial_count": len(partial_analyses),
        }
    summary["total_sessions"] = sum(summary.values())
    groups = {"active": active, "completed": completed, "partial": partial, "legacy": []}
    return jsonify(success=True, summary=dict(summary, legacy_count=0), sessions=groups)


@app.get("/api/results/<session_id>")
def view(session_id):
    with lock:
        for sessions_of_a_kind in (active_analyses, completed_analyses, partial_analyses):
            session = sessions_of_a_kind.get(session_id)
            if session is not None:
                return jsonify(success=True, result=session.get("result") or results(session))
    return jsonify(success=False, error="Session not found"), 404


@app.post("/api/stop/<session_id>")
def stop(session_id):
    with lock:
        session = active_analyses.pop(session_id, None)
        if session is not None:
            session["stopped"] = True
            if locked:
                partial_analyses[session_id] = session
            return jsonify(success=True, status="partial")
        if session_id in partial_analyses or session_id in completed_analyses:
            status = "partial" if session_id in partial_analyses else "completed"
            return jsonify(success=True, status=status)
    return jsonify(success=False, error="Session not found"), 404
