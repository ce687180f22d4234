import copy
import inspect
import warnings

from tapeless import NotSupported, grad
from tapeless.errors import WrongUse

from .functions import CASES

warnings.simplefilter("ignore")
for c in CASES:
    src = inspect.getsource(c.function)
    want = src.split("# E: ")[1].split("\n")[0] if "# E:" in src else "?"
    if c.runs:
        try:
            c.function(*copy.deepcopy(c.arguments))
        except Exception as e:
            print("PRIMAL", c.function.__name__, repr(e)[:100])
    try:
        r = grad(c.function, c.wrt)(*c.arguments)
        print("NOT REFUSED", c.function.__name__, "| want", want, "|", r)
    except (NotSupported, WrongUse) as e:
        if want not in str(e):
            print("OTHER", c.function.__name__, "| want", want, "|", str(e)[:300])
        elif e.location is None:
            print("NO LOCATION", c.function.__name__)
        elif "# E: " not in e.location.text:
            print("LINE", c.function.__name__, e.location.text)
    except Exception as e:
        print("CRASH", c.function.__name__, repr(e)[:300])
