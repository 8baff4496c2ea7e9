"""Expense tracker: an API, and a page that calls it. Everything is in memory."""

import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, Field

CATEGORIES = ("Travel", "Food", "Tools")


class Expense(BaseModel):
    what: str = Field(min_length=1, max_length=100)
    category: str = Field(pattern="^(Travel|Food|Tools)$")
    amount: float = Field(gt=0, lt=100_000)


app = FastAPI(title="Expense tracker")
expenses = [
    Expense(what="Train to Lyon", category="Travel", amount=124.5),
    Expense(what="Team lunch", category="Food", amount=86),
    Expense(what="Design licence", category="Tools", amount=49),
    Expense(what="Hotel for two nights", category="Travel", amount=230),
]


@app.get("/api/expenses")
def list_expenses() -> list[Expense]:
    return expenses


@app.get("/api/totals")
def totals() -> dict[str, float]:
    return {
        category: sum(one.amount for one in expenses if one.category == category) for category in CATEGORIES
    }


@app.post("/api/expenses", status_code=201)
def add_expense(expense: Expense) -> Expense:
    expenses.insert(0, expense)
    return expense


app.mount("/", StaticFiles(directory=Path(__file__).with_name("static"), html=True))

if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8000")))
