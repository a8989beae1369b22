"""What was found for a question: ranked clauses, their facts, and how well each fits."""
