"""Networks and what raters say: cards, quality, ratings, votes."""
