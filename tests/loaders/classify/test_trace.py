"""Why an award was counted so: what is written is what is read back, whatever the texts hold."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from loaders import schema
from loaders.classify.trace import TraceStep, parse_trace, trace

COLUMNS = """
    control_country control_basis control_rule control_confidence control_source channel channel_rule products
    product_rule is_digital is_cloud digital_category perimeter_rule ministry ministry_rule qualifications
    """.split()

published = some.one_of(some.none(), some.text(min_size=1).filter(lambda text: "\x00" not in text))


def written(**facts) -> str:
    types = {name: schema.column(name).dtype for name in COLUMNS}
    return pl.DataFrame([facts], schema=types).select(trace()).item()


def test_the_text_of_a_whole_award():
    text = written(
        control_country="US",
        control_basis="registry",
        control_rule="holder_id=vendors:oracle-france>groups:oracle",
        control_confidence="high",
        control_source="rapport annuel",
        channel="reseller",
        channel_rule="vendor_kind",
        products=["Oracle", "Java SE"],
        product_rule="title:oracle",
        is_digital=True,
        is_cloud=False,
        digital_category="software",
        perimeter_rule="cpv:48",
        ministry="armees",
        ministry_rule="name:sgami",
        qualifications=[],
    )
    assert text == (
        "control=US registry holder_id=vendors:oracle-france>groups:oracle [high] <rapport annuel>; "
        "channel=reseller - vendor_kind; products=Oracle|Java%20SE - title:oracle; "
        "perimeter=digital|software - cpv:48; ministry=armees - name:sgami"
    )


def test_the_steps_of_a_text():
    first, second = parse_trace("control=US registry a=b>c [high] <x%3B y>; products=Java%20SE - title:java")
    assert first == TraceStep("control", "US", "registry", "a=b>c", "high", "x; y")
    assert second == TraceStep("products", "Java SE", None, "title:java")


def test_nothing_known_is_nothing_written():
    assert written(products=[], qualifications=[]) == ""
    assert parse_trace("") == []


def test_an_unknown_country_still_tells_its_ground():
    (step,) = parse_trace(written(control_basis="siren_only", control_rule="holder_id=siren_only", qualifications=[]))
    assert step == TraceStep("control", None, "siren_only", "holder_id=siren_only")


@given(rule=published, source=published, products=some.lists(some.text(alphabet="aé %;<[>=-|", min_size=1), max_size=2))
def test_whatever_texts_hold_is_read_back(rule, source, products):
    steps = {
        step.axis: step
        for step in parse_trace(
            written(
                control_country="US", control_rule=rule, control_source=source, products=products, qualifications=[]
            )
        )
    }
    assert (steps["control"].rule, steps["control"].source) == (rule, source)
    assert steps["products"].value == "|".join(products) if products else "products" not in steps


def test_a_source_that_is_a_dash_is_no_missing_source():
    (step,) = parse_trace(written(control_country="US", control_rule="-", control_source="-", qualifications=[]))
    assert (step.rule, step.source) == ("-", "-")


def test_a_text_of_another_grammar_is_refused():
    with pytest.raises(ValueError, match="nothing here"):
        parse_trace("nothing here")
