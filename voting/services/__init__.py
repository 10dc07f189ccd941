"""What one may do: each verb one function, each verb one transaction."""
