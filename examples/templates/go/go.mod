module example.com/lunch-poll

go 1.22
