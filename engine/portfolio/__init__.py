"""Work on all procedures at once: searched, checked, compared and changed, over 1,326 of them."""
