create schema aid;
