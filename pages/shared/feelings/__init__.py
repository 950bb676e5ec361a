"""One's own feelings in words and pictures, as the person and, where shown, their clinicians see them."""
