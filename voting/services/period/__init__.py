"""While the vote is open: who has answered, reminders, deliveries, and what is changed after all."""
