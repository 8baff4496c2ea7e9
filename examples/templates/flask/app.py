"""Garden party: who comes, and with what. Everything is in memory."""

import os

from flask import Flask, flash, redirect, render_template, request, url_for

app = Flask(__name__)
app.secret_key = os.urandom(24)

ANSWERS = ["Coming", "Maybe", "Not coming"]
guests = [
    {"name": "Ines", "answer": "Coming", "brings": "Lemon cake"},
    {"name": "Paul", "answer": "Maybe", "brings": "Deck chairs"},
    {"name": "Wanda", "answer": "Coming", "brings": "A guitar"},
    {"name": "Jonas", "answer": "Not coming", "brings": "Greetings from Oslo"},
]


@app.get("/")
def party():
    words = request.args.get("q", "").strip().lower()
    answer = request.args.get("answer", "")
    shown = [
        guest
        for guest in guests
        if words in f"{guest['name']} {guest['brings']}".lower() and answer in ("", guest["answer"])
    ]
    coming = sum(guest["answer"] == "Coming" for guest in guests)
    return render_template(
        "party.html", guests=shown, coming=coming, total=len(guests), answers=ANSWERS, answer=answer, words=words
    )


@app.post("/guests")
def answer():
    name = request.form.get("name", "").strip()
    chosen = request.form.get("answer", "")
    if not name or chosen not in ANSWERS:
        flash("Please say your name and whether you come.")
    else:
        guests.insert(0, {"name": name, "answer": chosen, "brings": request.form.get("brings", "").strip() or "Good mood"})
        flash(f"Thank you, {name}!")
    return redirect(url_for("party"))


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "5000")))
