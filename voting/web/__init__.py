"""Who asks: pages for members and for the public.  A view reads a form, calls one verb, answers."""
