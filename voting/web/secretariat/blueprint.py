"""The blueprint that all views of the secretariat belong to."""

from flask import Blueprint

secretariat = Blueprint("secretariat", __name__, url_prefix="/office")
