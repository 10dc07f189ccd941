"""The member's part: from the voting code to the receipt."""
