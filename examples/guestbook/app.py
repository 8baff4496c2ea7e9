"""A guestbook: anybody reads and searches, signed-in users write."""

import hmac
import os
import secrets
import sqlite3
from pathlib import Path

from flask import Flask, abort, flash, g, jsonify, redirect, render_template, request, session, url_for

DATABASE = Path(__file__).with_name("guestbook.db")
# The demo account; the sign-in page shows it.
USERS = {"demo": "welcome"}
SEED = [
    ("Amelia", "Lisbon", "The rooftop breakfast alone is worth the trip. We will be back in autumn."),
    ("Tomasz", "Kraków", "Quiet rooms, kind people, and the best map of walks I was ever handed."),
    ("Noor", "Utrecht", "We came for two nights and stayed for five. Thank you for the bicycles!"),
    ("Henrik", "Bergen", "The sauna by the lake at six in the morning. Go."),
]

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex(32)


def database() -> sqlite3.Connection:
    if "database" not in g:
        g.database = sqlite3.connect(DATABASE)
        g.database.row_factory = sqlite3.Row
    return g.database


@app.teardown_appcontext
def close_database(_error: BaseException | None) -> None:
    connection = g.pop("database", None)
    if connection is not None:
        connection.close()


@app.cli.command("init-db")
def init_db() -> None:
    """Makes the table and the first entries; keeps what is there."""
    connection = database()
    with connection:
        connection.execute(
            "create table if not exists entry"
            " (id integer primary key, author text not null, place text not null, message text not null)"
        )
        if connection.execute("select count(*) from entry").fetchone()[0] == 0:
            connection.executemany("insert into entry (author, place, message) values (?, ?, ?)", SEED)
    print("The database is ready.")


def matching_entries(query: str) -> list[sqlite3.Row]:
    pattern = "%" + query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return database().execute(
        "select * from entry where author || ' ' || place || ' ' || message like ? escape '\\' order by id desc",
        (pattern,),
    ).fetchall()


@app.before_request
def check_origin() -> None:
    """Forms of other sites are refused: the token lives in the session and in our own forms only."""
    if "token" not in session:
        session["token"] = secrets.token_hex(16)
    if request.method == "POST" and not hmac.compare_digest(request.form.get("token", ""), session["token"]):
        abort(400, "The form is out of date. Load the page again.")


@app.get("/")
def index():
    query = request.args.get("q", "").strip()
    return render_template("index.html", entries=matching_entries(query), query=query)


@app.post("/entries")
def add_entry():
    if "user" not in session:
        return redirect(url_for("sign_in"))
    author, place, message = (request.form.get(name, "").strip() for name in ("author", "place", "message"))
    if not (author and message):
        flash("A name and a message are needed.")
        return redirect(url_for("index"))
    with database() as connection:
        connection.execute("insert into entry (author, place, message) values (?, ?, ?)", (author, place, message))
    flash("Thank you! Your entry is in the book.")
    return redirect(url_for("index"))


@app.route("/sign-in", methods=["GET", "POST"])
def sign_in():
    if request.method == "POST":
        name = request.form.get("username", "")
        if name in USERS and hmac.compare_digest(USERS[name], request.form.get("password", "")):
            session["user"] = name
            flash(f"Welcome back, {name}!")
            return redirect(url_for("index"))
        flash("User name and password do not match.")
    return render_template("sign_in.html")


@app.post("/sign-out")
def sign_out():
    session.pop("user", None)
    return redirect(url_for("index"))


@app.get("/api/entries")
def entries_as_json():
    return jsonify([dict(entry) for entry in matching_entries(request.args.get("q", ""))])
