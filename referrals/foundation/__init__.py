"""The ground floor: database, clock, identifiers, errors, references and sealing. It knows nothing of casework."""
